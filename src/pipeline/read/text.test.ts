import { describe, expect, it } from 'vitest';
import { brokenPromises } from '../../../tests/support/reader-invariants.ts';
import { readDocument } from './read.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const slices = (text: string, spans: readonly { start: number; end: number }[]): string[] =>
  spans.map(({ start, end }) => text.slice(start, end));

describe('plain text', () => {
  it('keeps the decoded file unchanged and finds paragraphs and items', async () => {
    const text = 'The lease\r\nruns a year.\r\n\r\n- rent\r\n- deposit\r\n\f Next page \r\n';
    const document = await readDocument({ path: 'a/lease.txt', bytes: bytes(text) });
    expect(document.text).toBe(text);
    expect(document).toMatchObject({ kind: 'text', name: 'lease.txt', title: 'lease', parts: [], notes: [] });
    expect(slices(text, document.blocks)).toEqual(['The lease\r\nruns a year.', '- rent', '- deposit', 'Next page']);
    expect(document.blocks.map((block) => block.kind)).toEqual(['paragraph', 'item', 'item', 'paragraph']);
    expect(brokenPromises(document)).toEqual([]);
  });

  it('takes an underlined line as a heading', async () => {
    const text = 'Preface.\n\nAnimals\n=======\nDogs are allowed.\n\nNoise\n-----\nAfter ten.';
    const document = await readDocument({ path: 'rules.txt', bytes: bytes(text) });
    expect(document.parts.map((part) => part.label)).toEqual(['rules', 'Animals', 'Noise']);
    expect(slices(text, document.parts)[1]).toBe('Animals\n=======\nDogs are allowed.');
    expect(document.blocks[1]).toMatchObject({ kind: 'heading', level: 1 });
  });

  it.each([
    ['utf-8 with a mark', [0xef, 0xbb, 0xbf, 0xc3, 0xa9], 'é'],
    ['utf-16le with a mark', [0xff, 0xfe, 0xe9, 0x00, 0x21, 0x00], 'é!'],
    ['utf-16be with a mark', [0xfe, 0xff, 0x00, 0xe9], 'é'],
    ['utf-16le without', [...'plain text'].flatMap((c) => [c.charCodeAt(0), 0]), 'plain text'],
  ])('decodes %s', async (_, data, text) => {
    expect((await readDocument({ path: 'x.txt', bytes: Uint8Array.from(data) })).text).toBe(text);
  });

  it('guesses a legacy encoding and says so', async () => {
    const words = 'Der Schlüssel für die Tür hängt über dem Küchentisch; die Übergabe erfolgt im März. ';
    const data = Uint8Array.from([...words.repeat(4)].map((c) => c.charCodeAt(0)));
    const document = await readDocument({ path: 'brief.txt', bytes: data });
    expect(document.text).toBe(words.repeat(4));
    expect(document.notes).toEqual([expect.stringMatching(/^The text encoding was not stated; it was read as \S+\.$/)]);
  });

  it('keeps UTF-8 with a damaged byte as UTF-8 and says so', async () => {
    const data = bytes('é'.repeat(100) + '?');
    data[200] = 0xff;
    const document = await readDocument({ path: 'x.txt', bytes: data });
    expect(document.text).toBe('é'.repeat(100) + '\uFFFD');
    expect(document.notes).toEqual(['1 place could not be decoded as UTF-8 and is shown as \uFFFD.']);
  });
});
