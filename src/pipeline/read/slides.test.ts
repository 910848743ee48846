import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { brokenPromises } from '../../../tests/support/reader-invariants.ts';
import type { Document } from '../document.ts';
import { readDocument } from './read.ts';

const FIXTURES = join(import.meta.dirname, '../../../tests/fixtures/documents/formats/office');
const bytesOf = (name: string) => new Uint8Array(readFileSync(join(FIXTURES, name)));
const read = (name: string) => readDocument({ path: name, bytes: bytesOf(name) });
const htmlOf = ({ shown }: Document) => (shown.as === 'html' ? shown.html : '');

// LibreOffice makes plain boxes of the titles when it saves the hand-written file.
describe.each([
  ['rowing.pptx', 'paragraph'],
  ['rowing.odp', 'paragraph'],
  ['rowing.fodp', 'heading'],
])('the slides of %s', (name, title) => {
  it('are parts with their lists, tables and notes, boxes read from left to right', async () => {
    const document = await read(name);
    expect(document.text).toBe(
      'Morning rowing\n\nRow at six\n\nBring two oars\n\nSee the tide\n\nLeft hand box\n\nRight hand box\n\n' +
        'Say that the tide turns at noon.\n\nBoats\n\nBoat | Seats\nGull | 4',
    );
    expect(document).toMatchObject({
      kind: name.endsWith('pptx') ? 'pptx' : 'odp',
      title: 'Rowing plan',
      author: 'Ada Boatwright',
      date: '2024-03-01',
      notes: ['Hidden in the presentation, but read: slide 2.', 'Without any text: slide 3.'],
      omitted: [],
    });
    expect(document.parts).toMatchObject([
      { kind: 'slide', start: 0, end: 121 },
      { kind: 'slide', start: 123, end: 151 },
    ]);
    expect(document.blocks.map((block) => block.kind)).toEqual(
      `${title} item item item paragraph paragraph quote ${title} row row`.split(' '),
    );
    expect(document.blocks.at(-1)).toMatchObject({ header: 'Boat | Seats' });
    const html = htmlOf(document);
    expect(html).toMatch(/^<section data-part="0">.*<\/section><section data-part="1">.*<\/section>$/);
    expect(html).toMatch(/<ul><li><p>.*<strong><span data-start="22"> six<\/span><\/strong><\/p><ul><li><p>/);
    expect(html).toContain('<a href="https://boathouse.test/tide">');
    expect(brokenPromises(document)).toEqual([]);
  });
});

describe.each(['tides.pptx', 'tides.odp'])('the titles of %s', (name) => {
  it('are headings and name the slides', async () => {
    const document = await read(name);
    expect(document.text).toBe(
      'Tides of the bay\n\nAda Boatwright\n\nHigh water\n\nNoon, 4.2 m\n\nan hour later at the point\n\nMidnight\n\n' +
        'Ask who has a tide table.\n\nPlaces\n\nPlace | Depth\nQuay | 3 m\nPoint | 9 m',
    );
    expect(document.parts).toEqual([
      { kind: 'slide', label: 'slide 1: Tides of the bay', start: 0, end: 32 },
      { kind: 'slide', label: 'slide 2: High water', start: 34, end: 122 },
      { kind: 'slide', label: 'slide 3: Places', start: 124, end: 168 },
    ]);
    expect(document.blocks.map((block) => block.kind)).toEqual(
      'heading paragraph heading item item item quote heading row row row'.split(' '),
    );
    expect(document).toMatchObject({
      title: 'Tides of the bay',
      author: 'Ada Boatwright',
      date: '2024-03-01',
      omitted: [{ what: 'dates, footers and slide numbers', text: '2024-03-01' }],
    });
    expect(brokenPromises(document)).toEqual([]);
  });
});

describe('a presentation with what only PowerPoint writes', () => {
  it('is read in its own order, with charts, diagrams and notes; comments and footers are told', async () => {
    const document = await read('deck.pptx');
    expect(document.text).toBe(
      'Crew & catch\n\nIn a group\n\nA bulleted line\n\nnumbered below\n\nA plain line\n\nThank the cook.\n\n' +
        'Figures\n\nCatch\n\n| Eels\nMay | 12\nJune | 0.3\n\nCaptain\n\nCook\n\nMate',
    );
    expect(document.blocks.map((block) => block.kind)).toEqual(
      'heading paragraph item item paragraph quote heading paragraph row row row item item item'.split(' '),
    );
    expect(document.parts.map((part) => part.label)).toEqual(['slide 1: Crew & catch', 'slide 2: Figures']);
    expect(document).toMatchObject({ title: 'The crew', author: 'Ada Boatwright', date: '2024-03-01' });
    expect(document.notes).toEqual([
      'Hidden in the presentation, but read: slide 2.',
      'Damaged and not read: slide 3.',
      'Dates, footers and slide numbers were left out.',
      'One comment was left out.',
    ]);
    expect(document.omitted).toEqual([
      { what: 'dates, footers and slide numbers', text: 'Boathouse Ltd' },
      { what: 'comments', text: 'Slide 1: Ben: Who steers?' },
    ]);
    expect(htmlOf(document)).toContain('<ul><li><p><span data-start="26">A bulleted line</span></p><ol><li>');
    expect(htmlOf(document)).not.toContain('tracker');
    expect(brokenPromises(document)).toEqual([]);
  });

  it.each(['entities.pptx', 'deep.pptx'])('%s is refused with a sentence', async (name) => {
    await expect(read(name)).rejects.toMatchObject({
      name: 'ReadError',
      code: 'damaged',
      message: expect.stringMatching(/^“.*” is a presentation, but .*\.$/),
    });
  });
});

describe.each(['pptx', 'fodp'])('the text of masters and layouts in .%s', (ending) => {
  it('is read with the one slide that shows it, and told once where several do', async () => {
    const document = await read(`masters.${ending}`);
    expect(document.text).toBe('Oars\n\nBoats\n\nKeys\n\nAsk at the quay\n\nBare');
    expect(document.parts.map(({ label }) => label)).toEqual([
      ...['slide 1: Oars', 'slide 2: Boats', 'slide 3: Keys', 'slide 4: Bare'],
    ]);
    expect(document.notes).toEqual(['Text that the slide master repeats on its slides was left out.']);
    expect(document.omitted).toEqual([
      { what: 'text of the slide master', text: 'The boathouse at Skarness\nMembers only' },
    ]);
    expect(brokenPromises(document)).toEqual([]);
  });

  it('is all there is to read where the slides have no words of their own', async () => {
    const document = await read(`masters-alone.${ending}`);
    expect(document.text).toBe('The boathouse at Skarness\n\nMembers only');
    expect(document).toMatchObject({
      parts: [{ label: 'slide 1' }],
      notes: ['Without any text: slide 2.'],
      omitted: [],
    });
    expect(brokenPromises(document)).toEqual([]);
  });
});

describe('files embedded in slides', () => {
  it('are handed out under their own names; objects of other programs and linked ones are told', async () => {
    const document = await read('embedded.pptx');
    expect(document.inner.map(({ path, bytes }) => [path, new TextDecoder().decode(bytes)])).toEqual([
      ['slide 1/notes.txt', 'Notes on the belt.'],
    ]);
    expect(document.notes).toEqual(['2 embedded objects were left out.']);
    expect(brokenPromises(document)).toEqual([]);
  });
});
