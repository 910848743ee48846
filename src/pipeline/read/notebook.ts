/** A notebook's cells and outputs, out of JSON that may hold anything (nbformat 3 to 4.5). */

export interface Cell {
  readonly kind: 'markdown' | 'code' | 'raw';
  readonly source: string;
  readonly outputs: readonly Output[];
}

export interface Output {
  readonly text: string;
  /** '' if it has none. */
  readonly html: string;
  readonly pictures: number;
}

export interface Notebook {
  readonly cells: readonly Cell[];
  readonly title: string;
  readonly author: string;
  readonly date: string;
}

type Json = Readonly<Record<string, unknown>>;

/** Null when the text is no notebook. */
export function readNotebook(text: string): Notebook | null {
  const root = parsed(text);
  const cells = cellsOf(root);
  if (cells === null) return null;
  const metadata = record(root?.metadata);
  const authors = list(metadata.authors).map((author) => string(record(author).name) || string(author));
  return {
    cells: cells.map(cellOf),
    title: string(metadata.title) || string(metadata.name),
    author: authors.filter(Boolean).join(', ') || string(metadata.author),
    date: string(metadata.date),
  };
}

function parsed(text: string): Json | null {
  try {
    return record(JSON.parse(text.replace(/^\uFEFF/, '')));
  } catch {
    return null;
  }
}

function cellsOf(root: Json | null): readonly Json[] | null {
  if (root === null) return null;
  if (Array.isArray(root.cells)) return root.cells.map(record);
  // Version 3 has its cells in sheets.
  if (!Array.isArray(root.worksheets)) return null;
  return root.worksheets.flatMap((sheet) => list(record(sheet).cells)).map(record);
}

function cellOf(cell: Json): Cell {
  const type = string(cell.cell_type);
  const source = joined(cell.source ?? cell.input);
  if (type === 'heading') {
    const level = typeof cell.level === 'number' ? Math.min(6, Math.max(1, Math.floor(cell.level))) : 1;
    return { kind: 'markdown', source: `${'#'.repeat(level)} ${source.replace(/\s+/g, ' ')}`, outputs: [] };
  }
  const kind = type === 'markdown' || type === 'raw' ? type : 'code';
  return { kind, source, outputs: kind === 'code' ? list(cell.outputs).map((output) => outputOf(record(output))) : [] };
}

function outputOf(output: Json): Output {
  // Version 3 has the kinds beside each other, version 4 by media type.
  const data = { ...output, ...record(output.data) };
  const error =
    list(output.traceback).length > 0 ? joined(list(output.traceback).map((line) => `${string(line)}\n`)) : '';
  const failed = [string(output.ename), string(output.evalue)].filter(Boolean).join(': ');
  const words = joined(data['text/plain'] ?? data['text/markdown'] ?? data['text/latex'] ?? output.text);
  const pictures = Object.keys(data).some((key) => /^image\/|^(?:png|jpeg|svg)$/.test(key)) ? 1 : 0;
  return {
    // A picture's text is only the name of its object.
    text: pictures > 0 && /^<[^>]*>$|^Figure\(/.test(words.trim()) ? '' : error || words || failed,
    html: joined(data['text/html'] ?? output.html),
    pictures,
  };
}

/** Lines are strings with their line ends, or one string. */
function joined(value: unknown): string {
  return Array.isArray(value) ? value.map(string).join('') : string(value);
}

function record(value: unknown): Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function string(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
