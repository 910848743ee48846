/** What an error tells the person. */
export function sentenceOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
