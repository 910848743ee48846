import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { unzipSync, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { brokenPromises } from '../../../tests/support/reader-invariants.ts';
import type { Document } from '../document.ts';
import { ReadError } from '../document.ts';
import { readDocument } from './read.ts';

const FIXTURES = join(import.meta.dirname, '../../../tests/fixtures/documents/formats/office');
const bytesOf = (name: string) => new Uint8Array(readFileSync(join(FIXTURES, name)));
const read = (name: string) => readDocument({ path: name, bytes: bytesOf(name) });

const PRICES = `Prices

Prices of the boathouse

Place | Item | Price | Bought
Place: Loft; Item: Oar <ash>; Price: 40.50 €; Bought: 2024-03-01
Place: Loft; Item: Rope, 10 m; Price: 7.00 €; Bought: 2024-03-02
Place: Shed; Item: Barrel; oak; Price: 12.25 €; Bought: 2024-04-30
Place: All; Price: 59.75 €`;

describe.each([
  ['accounts.xlsx', 'xlsx'],
  ['accounts.xls', 'xls'],
  ['accounts.ods', 'ods'],
  ['accounts.fods', 'ods'],
])('the workbook %s', (name, kind) => {
  it('is read sheet by sheet, each row with its column names', async () => {
    const document = await read(name);
    const stock = Array.from({ length: 45 }, (_, i) => `Part: Part ${i + 1}; Count: ${i + 1}`);
    expect(document.text).toBe(`${PRICES}\n\nStock\n\nPart | Count\n${stock.join('\n')}`);
    expect(document).toMatchObject({
      kind,
      title: 'Boathouse accounts',
      author: 'Ada Boatwright',
      date: '2024-03-01',
      notes: ['Hidden in the file, but read: “Stock”.', 'Without any cells: “Blank”.', 'One comment was left out.'],
      omitted: [{ what: 'comments', text: 'Ben: Ask the cooper first.' }],
    });
    expect(document.blocks.slice(0, 4).map((block) => block.kind)).toEqual(['heading', 'heading', 'row', 'row']);
    expect(document.parts.map((part) => part.label)).toEqual([
      'sheet Prices',
      'sheet Stock',
      'sheet Stock, rows 2–21',
      'sheet Stock, rows 22–41',
      'sheet Stock, rows 42–46',
    ]);
    expect(document.parts[0]).toEqual({ kind: 'sheet', label: 'sheet Prices', start: 0, end: PRICES.length });
    expect(slice(document, 3)).toMatch(/^Part: Part 21; Count: 21\n[^]*\nPart: Part 40; Count: 40$/);
    expect(brokenPromises(document)).toEqual([]);
  });

  it('shows each sheet as a table in a section of its part', async () => {
    const { shown } = await read(name);
    const html = shown.as === 'html' ? shown.html : '';
    expect(html).toMatch(
      /^<section data-part="0"><h2><span data-start="0">Prices<\/span><\/h2><h3><span data-start="8">Prices of the boathouse<\/span><\/h3><table>/,
    );
    expect(html).toContain('</section><section data-part="1"><h2>');
    expect(html).toContain(
      '<tr><td><span data-start="70">Loft</span></td><td><span data-start="82">Oar &lt;ash&gt;</span>',
    );
  });
});

function slice({ text, parts }: Document, part: number): string {
  return text.slice(parts[part]?.start, parts[part]?.end);
}

describe.each(['tables.xlsx', 'tables.xls', 'tables.ods', 'tables.fods'])('the sheet of %s', (name) => {
  it('has tables beside one another, each with its own header, title and rows', async () => {
    const document = await read(name);
    const boats = 'Boats\n\nBoat | Seats\nBoat: Gull; Seats: 4\nBoat: Tern; Seats: 2\n\nBoat: Skua; Seats: 8';
    const crew = [
      'Crew\n\nName | Since | Remark\nName: Ada; Since: 1881; Remark: cox\nName: Ben; Since: 1879\nName: Zoë; Since: 1886; Remark: new',
      'Name: Max; Since: 1887',
    ].join('\n\n');
    const tools = Array.from({ length: 22 }, (_, i) => `Tool: Adze ${i + 1}; Kept in: Loft`).join('\n');
    const text = ['The yard in 1887', boats, crew, `Tool | Kept in\n${tools}`];
    expect(document.text).toBe(text.join('\n\n'));
    expect(document.parts.map(({ label, start, end }) => [label, document.text.slice(start, end)])).toEqual([
      ['sheet Yard', document.text],
      ['sheet Yard, row 1', 'The yard in 1887'],
      ['sheet Yard, columns A–B, row 3', 'Boats'],
      ['sheet Yard, columns A–B, rows 5–6', 'Boat | Seats\nBoat: Gull; Seats: 4\nBoat: Tern; Seats: 2'],
      ['sheet Yard, columns A–B, row 9', 'Boat: Skua; Seats: 8'],
      ['sheet Yard, columns E–G, row 3', 'Crew'],
      ['sheet Yard, columns E–G, rows 5–7', crew.slice(crew.indexOf('Name |'), crew.indexOf('\n\nName: Max'))],
      ['sheet Yard, columns E–G, row 9', 'Name: Max; Since: 1887'],
      ['sheet Yard, rows 12–31', `Tool | Kept in\n${tools.slice(0, tools.indexOf('\nTool: Adze 21'))}`],
      ['sheet Yard, rows 32–33', 'Tool: Adze 21; Kept in: Loft\nTool: Adze 22; Kept in: Loft'],
    ]);
    const headings = document.blocks.filter(({ kind }) => kind === 'heading');
    expect(headings.map(({ start, end }) => document.text.slice(start, end))).toEqual([
      'The yard in 1887',
      'Boats',
      'Crew',
    ]);
    expect(brokenPromises(document)).toEqual([]);
  });
});

describe.each(['levels.xlsx', 'levels.xls', 'levels.ods', 'levels.fods'])('a header of two rows in %s', (name) => {
  it('names each column whole, under the title of the table', async () => {
    const document = await read(name);
    expect(document.text).toBe(
      'Counts of the river\n\nPlace | In 1886 Eels | In 1886 Oars | In 1887 Eels | In 1887 Oars\n' +
        'Place: Quay; In 1886 Eels: 4; In 1886 Oars: 9; In 1887 Eels: 3; In 1887 Oars: 8\n' +
        'Place: Weir; In 1886 Eels: 7; In 1886 Oars: 1; In 1887 Eels: 6; In 1887 Oars: 2',
    );
    expect(document.blocks.map(({ kind }) => kind)).toEqual(['heading', 'row', 'row', 'row']);
    expect(brokenPromises(document)).toEqual([]);
  });
});

describe('what is drawn on a sheet', () => {
  it('follows its cells; pictures and objects are told, embedded documents handed on', async () => {
    const document = await read('drawn.xlsx');
    expect(document.text).toBe('In a cell\n\nDrawn beside the cells');
    expect(document.notes).toEqual([
      'One picture was left out; only text is read.',
      'One embedded object was left out.',
    ]);
    expect(document.omitted).toEqual([{ what: 'descriptions of pictures', text: 'A gull on a post' }]);
    expect(document.inner.map(({ path, bytes }) => [path, new TextDecoder().decode(bytes)])).toEqual([
      ['terms.docx', 'not read here'],
    ]);
    expect(brokenPromises(document)).toEqual([]);
  });
});

describe.each(['beside.xlsx', 'beside.xls', 'beside.ods', 'beside.fods'])(
  'what stands beside the cells of %s',
  (name) => {
    it('is read where it is drawn, and told where it is printed above and below each page', async () => {
      const document = await read(name);
      // The old format puts the titles of the axes before that of their chart.
      const titles = ['Shares of the catch', 'Who rowed', 'How many eels'];
      if (name.endsWith('.xls')) titles.push(titles.shift()!);
      const drawn = ['Eels are shared at noon.', 'Nobody is left out.', 'Köln lies up the river – ask Zoë.', ...titles];
      expect(document.text).toBe(['Who | Eels\nWho: Gull; Eels: 12\nWho: Tern; Eels: 7', ...drawn].join('\n\n'));
      expect(document.parts).toEqual([{ kind: 'sheet', label: 'sheet Crew', start: 0, end: document.text.length }]);
      expect(document.notes).toEqual(['The headers and footers of its printed pages were left out.']);
      expect(document.omitted).toEqual([
        { what: 'running headers and footers', text: 'Ledger of the boathouse\nAsk Ben & Ada\nKept since 1887' },
      ]);
      expect(brokenPromises(document)).toEqual([]);
    });
  },
);

describe('a package of OpenDocument without styles', () => {
  it('is read: they are not asked of it', async () => {
    const files = Object.entries(unzipSync(bytesOf('tables.ods'))).filter(([path]) => path !== 'styles.xml');
    const document = await readDocument({ path: 'bare.ods', bytes: zipSync(Object.fromEntries(files), { level: 0 }) });
    expect(document.text).toBe((await read('tables.ods')).text);
  });
});

describe('a sheet of a million rows', () => {
  it('is read as far as promised, in the time that so many rows take, and says so', { timeout: 120_000 }, async () => {
    const timed = async (name: string) => {
      const from = performance.now();
      const document = await read(name);
      return { document, milliseconds: performance.now() - from };
    };
    const all = await timed('thousands.xlsx');
    const cut = await timed('million.xlsx');
    expect(all.document.notes).toEqual([]);
    expect(cut.document.notes).toEqual([
      'Only the first 100000 rows of a sheet, and 1000000 cells in all, are read; the rest was left out of “<img src=x>”. Save it as CSV in parts to read all.',
    ]);
    expect(cut.document.text === all.document.text).toBe(true);
    expect(cut.document.blocks).toHaveLength(100_000);
    expect(cut.document.parts.at(-1)?.label).toBe('sheet <img src=x>, rows 99982–100000');
    // Parsing all of it would take ten times as long; the page allows a minute.
    expect(cut.milliseconds).toBeLessThan(4 * all.milliseconds);
  });
});

describe('a workbook that means harm', () => {
  it('runs no formula: stored results are shown, and a lone cell in the last corner is read', async () => {
    const document = await read('formulas.xlsx');
    expect(document.text).toBe('stored <b>\n\n9');
    expect(document.parts).toMatchObject([{ label: 'sheet <img src=x>' }]);
    expect(brokenPromises(document)).toEqual([]);
  });

  it.each(['bomb.xlsx', 'repeats.fods'])('%s is refused before it is unrolled', async (name) => {
    const from = performance.now();
    await expect(read(name)).rejects.toMatchObject({ name: 'ReadError', code: 'too-large' });
    expect(performance.now() - from).toBeLessThan(5000);
  });

  it.each(['accounts.xlsx', 'accounts.ods', 'accounts.xls'])('%s cut off is refused or read in part', async (name) => {
    const bytes = bytesOf(name);
    for (const share of [0.1, 0.5, 0.9]) {
      const cut = bytes.slice(0, Math.floor(bytes.length * share));
      const outcome = await readDocument({ path: name, bytes: cut }).catch((error: unknown) => error);
      if (outcome instanceof ReadError) expect(outcome.message).toMatch(/^“accounts\.\w+” .*\.$/);
      else expect(brokenPromises(outcome as Document)).toEqual([]);
    }
  });
});
