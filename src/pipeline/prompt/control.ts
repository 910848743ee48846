/** Control tokens of the generator must not come out of a document or a question. */

/** Everything between `<|` and `|>`, and the named tokens of SmolLM2's vocabulary. */
const control =
  /<\|(?=[^|<>]{0,64}\|>)|<(?=(?:repo_name|reponame|file_sep|filename|gh_stars|issue_(?:start|comment|closed)|jupyter_(?:start|text|code|output|script)|empty_output)>)/g;

/** Puts a space behind the first sign of every control token, so that it is read as plain text. */
export function breakUp(text: string): string {
  return text.replace(control, (opening) => `${opening[0]} ${opening.slice(1)}`);
}
