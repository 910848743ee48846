/** What elements of the common vocabularies (JATS, DocBook, TEI, RSS, Atom, SVG) are, by local name in lower case. */

const set = (names: string): ReadonlySet<string> => new Set(names.split(' '));

/** Each nests headings one level deeper. */
export const SECTIONS = set(
  'sec section sect1 sect2 sect3 sect4 sect5 chapter appendix part preface div div1 div2 div3 div4 app boxed-text abstract item entry channel feed',
);
/** Head of the element they stand in. */
export const HEADINGS = set('title head bridgehead article-title');
/** Always begin and end a block, even beside text. */
export const BLOCKS = set(
  'p para simpara formalpara ab title head sec section list list-item listitem item itemizedlist orderedlist variablelist ' +
    'table table-wrap tr row fig figure caption disp-formula disp-quote blockquote programlisting body back front abstract note fn footnote lg l sp stage',
);
export const LISTS: Readonly<Record<string, 'ul' | 'ol'>> = {
  list: 'ul',
  itemizedlist: 'ul',
  variablelist: 'ul',
  ul: 'ul',
  orderedlist: 'ol',
  ol: 'ol',
};
export const ITEMS = set('list-item listitem item li');
export const TABLES = set('table informaltable');
export const ROWS = set('tr row');
export const CELLS = set('td th entry cell');
export const CODE = set('programlisting screen preformat literallayout eg synopsis');
export const QUOTES = set('disp-quote blockquote quote epigraph');
/** What they hold belongs together in one block: references, addresses, dates. */
export const GATHERED = set(
  'ref mixed-citation element-citation bibl biblstruct biblfull biblioentry bibliomixed contrib aff affiliation author editor date pub-date publisher ' +
    'history permissions article-id title-group article-categories kwd-group address respstmt availability',
);
/** Nothing in them is for reading. */
export const UNREAD = set('script style');
/** HTML written as text, in feeds. */
export const ESCAPED_HTML = set('description encoded content summary');
export const MARKS: Readonly<Record<string, '<em>' | '<strong>' | '<code>'>> = {
  italic: '<em>',
  emphasis: '<em>',
  hi: '<em>',
  i: '<em>',
  em: '<em>',
  bold: '<strong>',
  b: '<strong>',
  strong: '<strong>',
  monospace: '<code>',
  literal: '<code>',
  code: '<code>',
};
/** Attributes that hold words for a reader. */
export const WORDED = set(
  'alt desc description title label text caption summary name value content term comment author',
);

/** Without its prefix, in lower case. */
export function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1).toLowerCase();
}
