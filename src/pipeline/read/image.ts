/** Pictures: read by text recognition, and only when the person has asked for it. */
import { ReadError } from '../document.ts';
import type { Block, Run } from '../document.ts';
import { pictureSize } from './picture-size.ts';
import { nameOf, noText, stemOf } from './reading.ts';
import type { Content, ReadInput, ReadOptions, RecognisedLine } from './reading.ts';

/** A picture of more pixels than this would take gigabytes once it is decoded. */
const MOST_PIXELS = 120_000_000;

/** Reads a picture as one page. @throws ReadError picture, damaged, too-large, no-text */
export async function readImage(input: ReadInput, { recognise }: ReadOptions): Promise<Content> {
  const name = nameOf(input.path);
  const size = pictureSize(input.bytes);
  if (size === null) throw damaged(name);
  if (size.width * size.height > MOST_PIXELS)
    throw new ReadError(
      'too-large',
      `“${name}” is a picture of ${size.width} × ${size.height} pixels, too large to read. Make it smaller and add that.`,
    );
  if (!recognise)
    throw new ReadError(
      'picture',
      `“${name}” is a picture. Its text, if it shows any, can be recognised here on this machine.`,
    );
  const lines = await recognise(new Blob([input.bytes.slice()])).catch((error: unknown) => {
    throw Object.assign(damaged(name), { cause: error });
  });
  const { text, blocks, runs } = composed(lines);
  if (text === '') throw noText(name, 'no text was recognised in this picture.');
  const extent = { start: 0, end: text.length };
  return {
    title: stemOf(input.path),
    text,
    blocks,
    parts: [{ kind: 'page', label: 'page 1', ...extent }],
    shown: { as: 'pages', pages: [{ number: 1, ...size, ...extent, runs }], margins: [], bookmarks: [] },
    notes: ['Its text was recognised in the picture and may hold mistakes; compare it with what is shown.'],
  };
}

/** Lines become runs; a gap of most of a line's height begins a new paragraph. */
function composed(lines: readonly RecognisedLine[]): { text: string; blocks: Block[]; runs: Run[] } {
  let text = '';
  const blocks: Block[] = [];
  const runs: Run[] = [];
  let above: RecognisedLine | null = null;
  for (const line of lines) {
    const words = line.text.replace(/\s+/g, ' ').trim();
    if (words === '') continue;
    const apart = above === null || line.y - (above.y + above.height) > 0.8 * line.height || line.y < above.y;
    if (above !== null) text += apart ? '\n\n' : '\n';
    const [start, end] = [text.length, text.length + words.length];
    text += words;
    const open = blocks.at(-1);
    if (apart || !open) blocks.push({ kind: 'paragraph', start, end });
    else blocks[blocks.length - 1] = { ...open, end };
    runs.push({ start, end, x: line.x, y: line.y, width: line.width, height: line.height });
    above = line;
  }
  return { text, blocks, runs };
}

function damaged(name: string): ReadError {
  return new ReadError(
    'damaged',
    `“${name}” is a picture, but it is damaged or of a kind that cannot be opened here. Save it as PNG or JPEG and add that.`,
  );
}
