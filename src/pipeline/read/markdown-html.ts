/** Markdown's tree as safe markup for the viewer. */
import type { Nodes, Parents, Root, Table } from 'mdast';
import { align } from './align.ts';
import { safeAddress, spanAt } from './markup.ts';
import { place, plainText } from './markdown.ts';
import { linkMark } from './writer.ts';

/** Markup of the tree of `text`, which begins at `base` in the document; counts pictures left out. */
export function markdownHtml(tree: Root, text: string, base: number): { html: string; pictures: number } {
  const addresses = new Map<string, string>();
  for (const node of definitions(tree)) if (!addresses.has(node.identifier)) addresses.set(node.identifier, node.url);
  let pictures = 0;

  const exact = (start: number, end: number): string => {
    const slice = text.slice(start, end);
    // HTML parsers drop NUL, which would shift what follows.
    return slice.includes('\0')
      ? spanAt(slice.replaceAll('\0', '\uFFFD'), base + start, base + end)
      : spanAt(slice, base + start);
  };
  const pieces = (value: string, from: number, to: number): string =>
    align(value, text.slice(from, to), base + from)
      .map((piece) => spanAt(piece.text, piece.start, piece.exact ? undefined : piece.end))
      .join('');
  /** Children in order; those that an extension made without positions are placed between the others as plain text. */
  const inside = (node: Parents): string => {
    const html: string[] = [];
    let from = place(node).start;
    let unplaced = '';
    const flush = (to: number): void => {
      const at = unplaced === '' ? -1 : text.indexOf(unplaced.slice(0, 20), from);
      if (unplaced !== '') html.push(pieces(unplaced, at === -1 || at >= to ? from : at, to));
      unplaced = '';
    };
    for (const child of node.children) {
      if (child.position === undefined) unplaced += plainText(child);
      else {
        const { start, end } = place(child);
        flush(start);
        html.push(render(child));
        from = end;
      }
    }
    flush(place(node).end);
    return html.join('');
  };
  const wrap = (tag: string, node: Parents): string => `<${tag}>${inside(node)}</${tag}>`;
  const link = (address: string | undefined, content: string): string => {
    const safe = safeAddress(address ?? '');
    return safe === null ? content : `${linkMark(safe)}${content}</a>`;
  };
  const picture = (alt: string, start: number, end: number): string => {
    pictures++;
    return spanAt(alt, base + start, base + end);
  };
  const code = (value: string, start: number, end: number): string => {
    // The fence line may hold the value's first words too (`js`), so the search begins after it.
    const source = text.slice(start, end);
    const from = /^(?:`{3,}|~{3,})[^\r\n]*(?:\r\n|\r|\n)/.exec(source)?.[0].length ?? 0;
    return `<pre><code>${pieces(value, start + from, end)}</code></pre>`;
  };
  const table = (node: Table): string => {
    const rows = node.children.map((row, index) => {
      const tag = index === 0 ? 'th' : 'td';
      return `<tr>${row.children.map((cell) => wrap(tag, cell)).join('')}</tr>`;
    });
    const body = rows.length > 1 ? `<tbody>${rows.slice(1).join('')}</tbody>` : '';
    return `<table><thead>${rows[0] ?? ''}</thead>${body}</table>`;
  };

  const render = (node: Nodes): string => {
    const { start, end } = place(node);
    switch (node.type) {
      case 'root':
        return inside(node);
      case 'text':
        return pieces(node.value, start, end);
      case 'inlineCode': {
        const at = text.slice(start, end).indexOf(node.value);
        const span = at === -1 ? spanAt(node.value, base + start, base + end) : spanAt(node.value, base + start + at);
        return `<code>${span}</code>`;
      }
      case 'code':
        return code(node.value, start, end);
      case 'html':
      case 'yaml':
        return text.slice(start, end).includes('\n')
          ? `<pre><code>${exact(start, end)}</code></pre>`
          : `<code>${exact(start, end)}</code>`;
      case 'definition':
        return `<p>${exact(start, end)}</p>`;
      case 'break':
        return '<br>';
      case 'thematicBreak':
        return '<hr>';
      case 'heading':
        return wrap(`h${node.depth}`, node);
      case 'paragraph':
        return wrap('p', node);
      case 'blockquote':
        return wrap('blockquote', node);
      case 'emphasis':
        return wrap('em', node);
      case 'strong':
        return wrap('strong', node);
      case 'list':
        return wrap(node.ordered ? 'ol' : 'ul', node);
      case 'listItem':
        return wrap('li', node);
      case 'link':
        return link(node.url, inside(node));
      case 'linkReference':
        return link(addresses.get(node.identifier), inside(node));
      case 'image':
      case 'imageReference':
        return picture(node.alt ?? '', start, end);
      case 'footnoteReference':
        return exact(start, end);
      case 'footnoteDefinition':
        return `<blockquote>${exact(start, start + node.identifier.length + 4)}${inside(node)}</blockquote>`;
      case 'table':
        return table(node);
      case 'delete':
        return inside(node);
      case 'tableRow':
      case 'tableCell':
        return inside(node);
    }
  };

  const html = render(tree);
  return { html, pictures };
}

function* definitions(node: Nodes): Generator<Extract<Nodes, { type: 'definition' }>> {
  if (node.type === 'definition') yield node;
  if ('children' in node) for (const child of node.children) yield* definitions(child);
}
