/** Walks parsed HTML in order and writes its visible text; iterates, so that deep nesting cannot overflow the stack. */
import { UNSEEN, WRITTEN, hiddenText, isHidden, preText } from './html-seen.ts';
import { cellText, cellsOf, hasText, isDataTable, isHeaderRow, isTag } from './html-table.ts';
import { safeAddress } from './markup.ts';
import { linkMark, MAX_DEPTH } from './writer.ts';
import type { BlockStyle, Container, Mark, Writer } from './writer.ts';

const PICTURES = new Set('img svg canvas video picture'.split(' '));
const BLOCKS = new Set(
  (
    'address article aside body center dd details dialog dir div dl dt fieldset figcaption figure footer form frameset ' +
    'header hgroup html legend main menu nav noframes optgroup p search section summary caption table thead tbody tfoot tr td th ' +
    'ul ol li blockquote h1 h2 h3 h4 h5 h6'
  ).split(' '),
);
const MARKS: Record<string, Mark> = {
  em: '<em>',
  i: '<em>',
  cite: '<em>',
  dfn: '<em>',
  var: '<em>',
  strong: '<strong>',
  b: '<strong>',
  code: '<code>',
  kbd: '<code>',
  samp: '<code>',
  tt: '<code>',
};

interface Context {
  readonly containers: readonly Container[];
  readonly marks: readonly Mark[];
  readonly style: BlockStyle;
  /** Set inside a data table. */
  readonly table: Table | null;
  readonly inCell: boolean;
}

interface Table {
  readonly head: Container[];
  readonly body: Container[];
  header: string;
  /** Of the row under way: it heads the table; it has cells that are no headers. */
  isHead: boolean;
  hasData: boolean;
}

interface Step {
  readonly node: Node;
  readonly context: Context;
  /** True when the node's children are done. */
  readonly leaving: boolean;
}

const PARAGRAPH: BlockStyle = { kind: 'paragraph' };

/** What was passed by. */
export interface Passed {
  readonly pictures: number;
  /** Descriptions that pictures carry. */
  readonly descriptions: readonly string[];
  /** Words of elements that a browser does not show at first. */
  readonly hidden: readonly string[];
}

/** Writes everything visible under `root` except `left`, inside `within`; returns what was passed by. */
export function walkHtml(
  root: Node,
  writer: Writer,
  left: ReadonlySet<Node>,
  within: readonly Container[] = [],
): Passed {
  let pictures = 0;
  const descriptions: string[] = [];
  const hidden: string[] = [];
  const first: Context = { containers: within, marks: [], style: PARAGRAPH, table: null, inCell: false };
  const stack: Step[] = [{ node: root, context: first, leaving: false }];
  for (let step = stack.pop(); step; step = stack.pop()) {
    const { node, context } = step;
    if (node.nodeType === 3) {
      addText(writer, node.nodeValue ?? '', context);
      continue;
    }
    if (node.nodeType !== 1 && node.nodeType !== 9 && node.nodeType !== 11) continue;
    if (node.nodeType !== 1) {
      pushChildren(stack, node, context);
      continue;
    }
    const element = node as Element;
    const tag = element.localName.toLowerCase();
    if (step.leaving) {
      leave(writer, tag, context);
      continue;
    }
    if (left.has(element)) continue;
    if (UNSEEN.has(tag) || isHidden(element, tag)) {
      if (tag === 'noscript' || tag === 'template' || !UNSEEN.has(tag)) hidden.push(hiddenText(element));
      continue;
    }
    if (PICTURES.has(tag)) {
      pictures++;
      for (const picture of tag === 'picture' ? element.querySelectorAll('img') : [element])
        descriptions.push((picture.getAttribute('alt') ?? picture.getAttribute('aria-label') ?? '').trim());
      continue;
    }
    if (tag === 'input') {
      const value = WRITTEN.test(element.getAttribute('type') ?? 'text') ? (element.getAttribute('value') ?? '') : '';
      if (value.trim() !== '') addText(writer, ` ${value} `, context);
      continue;
    }
    if (tag === 'br' || tag === 'wbr') {
      if (tag === 'br' && context.inCell) writer.space();
      else if (tag === 'br') writer.lineBreak();
      continue;
    }
    if (tag === 'hr') {
      if (!context.inCell) writer.rule();
      continue;
    }
    if ((tag === 'pre' || tag === 'listing' || tag === 'xmp') && !context.inCell) {
      writer.preformatted(preText(element), context.containers);
      continue;
    }
    const inner = enter(writer, element, tag, context);
    if (BLOCKS.has(tag)) stack.push({ node, context, leaving: true });
    pushChildren(stack, node, inner);
  }
  return { pictures, descriptions: descriptions.filter(Boolean), hidden: hidden.filter(Boolean) };
}

function pushChildren(stack: Step[], node: Node, context: Context): void {
  for (let child = node.lastChild; child !== null; child = child.previousSibling)
    stack.push({ node: child, context, leaving: false });
}

function addText(writer: Writer, raw: string, context: Context): void {
  const { table, inCell } = context;
  // Text between the cells of a table is white space in all but broken files.
  if (table !== null && !inCell && /\S/.test(raw)) writer.end();
  writer.add(raw.replaceAll('\0', '\uFFFD'), context.style, context.containers, context.marks);
}

function enter(writer: Writer, element: Element, tag: string, context: Context): Context {
  if (context.inCell) {
    if (BLOCKS.has(tag) || tag === 'option') writer.space();
    return withMark(element, tag, context);
  }
  if (context.table !== null) return enterTablePart(writer, element, tag, context, context.table);
  if (!BLOCKS.has(tag)) {
    if (tag === 'option') writer.space();
    return withMark(element, tag, context);
  }
  writer.end();
  const heading = /^h([1-6])$/.exec(tag);
  if (heading) return { ...context, style: { kind: 'heading', level: Number(heading[1]) } };
  switch (tag) {
    case 'ul':
    case 'menu':
    case 'dir':
      return inside(context, { tag: 'ul' });
    case 'ol':
      return inside(context, { tag: 'ol' });
    case 'li':
      return { ...inList(context), style: { kind: 'item' } };
    case 'blockquote':
      return { ...inside(context, { tag: 'blockquote' }), style: { kind: 'quote' } };
    case 'table':
      return isDataTable(element) ? startTable(context) : context;
    default:
      return context;
  }
}

function leave(writer: Writer, tag: string, context: Context): void {
  if (context.inCell) writer.space();
  else if (context.table === null || tag === 'tr' || tag === 'caption') writer.end();
}

function withMark(element: Element, tag: string, context: Context): Context {
  if (context.marks.length >= MAX_DEPTH) return context;
  const mark = tag === 'a' ? anchor(element, context) : MARKS[tag];
  return mark === undefined || context.marks.includes(mark) ? context : { ...context, marks: [...context.marks, mark] };
}

function anchor(element: Element, context: Context): Mark | undefined {
  const address = safeAddress(element.getAttribute('href') ?? '');
  return address === null || context.marks.some((mark) => mark.startsWith('<a')) ? undefined : linkMark(address);
}

function inside(context: Context, container: Container): Context {
  if (context.containers.length >= MAX_DEPTH) return context;
  return { ...context, containers: [...context.containers, container] };
}

function inList(context: Context): Context {
  const last = context.containers.at(-1)?.tag;
  return last === 'ul' || last === 'ol'
    ? inside(context, { tag: 'li' })
    : inside(inside(context, { tag: 'ul' }), { tag: 'li' });
}

function startTable(context: Context): Context {
  const table: Container = { tag: 'table' };
  const head: Container = { tag: 'thead' };
  const body: Container = { tag: 'tbody' };
  const { containers } = context;
  return {
    ...context,
    style: PARAGRAPH,
    table: {
      head: [...containers, table, head],
      body: [...containers, table, body],
      header: '',
      isHead: false,
      hasData: false,
    },
  };
}

function enterTablePart(writer: Writer, element: Element, tag: string, context: Context, table: Table): Context {
  if (tag === 'tr') {
    const cells = cellsOf(element);
    writer.end();
    if (!cells.some(hasText)) return context;
    const isHeader =
      table.header === '' && writer.lastTable !== table.body[table.body.length - 2] && isHeaderRow(element, cells);
    writer.row(table.header, isHeader ? table.head : table.body);
    if (isHeader) table.header = cells.map(cellText).join(' | ');
    table.isHead = isHeader;
    table.hasData = cells.some((cell) => isTag(cell, 'td'));
    return context;
  }
  if ((tag === 'td' || tag === 'th') && writer.inRow) {
    // Some files make every cell a header cell.
    writer.cell(table.isHead || (tag === 'th' && table.hasData) ? 'th' : 'td');
    return { ...context, inCell: true };
  }
  if (tag === 'caption') writer.end();
  return context;
}
