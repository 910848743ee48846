import { describe, expect, it } from 'vitest';
import { openCompound } from '../open-compound.ts';
import { codedLines } from './margin-lines.ts';
import { cutDrawn, DrawnWords } from './ods-drawn.ts';
import { odsMargins } from './ods-margins.ts';
import { xlsDetails } from './xls-details.ts';
import { NOTHING_BESIDE } from './beside-cells.ts';
import { xlsxMargins } from './xlsx-margins.ts';

describe('a header or footer with codes', () => {
  it.each([
    ['&LDraft&C&"Arial,Bold"&14Boathouse&RPage &P of &N', ['Draft', 'Boathouse']],
    ['&CAccounts, page &P', []],
    ['&CAccounts of the year, page &P', ['Accounts of the year, page']],
    ['&L&A&C&F&R&D &T&G', []],
    ['&K01+034Oars && ropes&K00FF00 &BStrong&B', ['Oars & ropes Strong']],
    ['Plain, without a place', ['Plain, without a place']],
    ['&', []],
  ])('%s', (coded, lines) => {
    expect(codedLines(coded)).toEqual(lines);
  });
});

describe('headers and footers', () => {
  const bytes = (xml: string) => new TextEncoder().encode(xml);
  const sheet = (lines: string) =>
    bytes(`<x:worksheet><x:sheetData/><x:headerFooter differentFirst="1">${lines}</x:headerFooter></x:worksheet>`);

  it('of an .xlsx are told once, whatever the prefix; broken ones are passed by', () => {
    const sheets = [
      sheet('<x:oddHeader>&amp;LBoats &amp;&amp; co</x:oddHeader><x:firstFooter>&amp;C1887</x:firstFooter>'),
      sheet('<x:oddHeader>&amp;R1887</x:oddHeader>'),
      sheet('<x:oddHeader>broken'),
      bytes('<worksheet><sheetData></sheetData><headerFooter/></worksheet>'),
    ];
    expect(xlsxMargins(sheets)).toEqual(['Boats & co', '1887']);
  });

  it('of OpenDocument are those of the page styles in use that are shown', () => {
    const page = (name: string, inner: string) =>
      `<style:master-page style:name="${name}">${inner}</style:master-page>`;
    const styles = `<office:master-styles>${page('A', '<style:header><text:p>One<text:s/>two <text:sheet-name>???</text:sheet-name></text:p></style:header><style:footer style:display="false"><text:p>Off</text:p></style:footer>')}${page('B', '<style:footer-left><text:p>Left</text:p></style:footer-left>')}</office:master-styles>`;
    expect(odsMargins(styles, new Set(['A']))).toEqual(['One two']);
    expect(odsMargins(styles, new Set())).toEqual(['One two', 'Left']);
    expect(odsMargins('<office:master-styles><a>', new Set())).toEqual([]);
  });
});

describe('what is drawn on an OpenDocument sheet', () => {
  const cell = (inner: string) => `<table:table-cell>${inner}<text:p>cell</text:p></table:table-cell>`;
  const table = (name: string, inner: string) => `<table:table table:name="${name}">${inner}</table:table>`;

  it('is cut out of its cells, in shapes in shapes as well', () => {
    const group = '<draw:g><draw:rect><text:p>in</text:p></draw:rect><draw:line/></draw:g>';
    const head = '<draw:marker draw:name="arrow">kept</draw:marker><office:body>';
    const { cells, drawings } = cutDrawn(`${head}${table('One', cell(group))}${table('Two', cell('<draw:line/>'))}`);
    expect(cells).toBe(`${head}${table('One', cell(''))}${table('Two', cell('<draw:line/>'))}`);
    expect([...drawings]).toEqual([['One', [group]]]);
    expect(new DrawnWords(() => null).of([group])).toEqual(['in']);
  });

  it('tells pictures, objects of other programs and damaged shapes', () => {
    const words = new DrawnWords(() => null);
    const frame = (inner: string) => `<draw:frame><svg:desc>A gull</svg:desc>${inner}</draw:frame>`;
    expect(words.of([frame('<draw:image/>'), frame('<draw:object xlink:href="./O"/>'), '<draw:g>'])).toEqual([]);
    const { pictures, embedded, damaged, descriptions } = words;
    expect({ pictures, embedded, damaged, descriptions }).toEqual({
      pictures: 1,
      embedded: 1,
      damaged: 1,
      descriptions: ['A gull', 'A gull'],
    });
  });
});

describe('an .xls that is no compound file', () => {
  it('counts as damaged beside its cells', () => {
    expect(xlsDetails(openCompound(new Uint8Array(600)))).toEqual({ ...NOTHING_BESIDE, damaged: 1 });
  });
});
