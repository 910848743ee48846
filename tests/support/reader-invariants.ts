/** The promises of `Document`, checked; used by the readers' tests. */
import type { Document } from '../../src/pipeline/document.ts';

const ALLOWED = new Set(
  'section h1 h2 h3 h4 h5 h6 p ul ol li table thead tbody tr th td pre code blockquote em strong a br hr span'.split(
    ' ',
  ),
);

/** Sentences on every broken promise; empty when the document keeps them all. */
export function brokenPromises(document: Document): string[] {
  return [...brokenBlocks(document), ...brokenParts(document), ...brokenShown(document)];
}

function brokenBlocks({ text, blocks }: Document): string[] {
  const broken: string[] = [];
  let from = 0;
  for (const { start, end } of blocks) {
    if (start < from || end <= start || end > text.length) broken.push(`block ${start}-${end} after ${from}`);
    if (/\S/.test(text.slice(from, start))) broken.push(`not covered: ${JSON.stringify(text.slice(from, start))}`);
    from = Math.max(from, end);
  }
  if (/\S/.test(text.slice(from))) broken.push(`not covered at the end: ${JSON.stringify(text.slice(from))}`);
  return broken;
}

function brokenParts({ text, parts }: Document): string[] {
  const broken: string[] = [];
  let from = 0;
  for (const { start, end, label } of parts) {
    if (start < from || end < start || end > text.length) broken.push(`part ${start}-${end} after ${from}`);
    if (label === '') broken.push(`part at ${start} has no label`);
    from = start;
  }
  return broken;
}

function brokenShown({ text, shown, parts }: Document): string[] {
  if (shown.as === 'html') return brokenHtml(shown.html, text, parts.length);
  if (shown.as !== 'pages') return [];
  const broken: string[] = [];
  const reached = new Uint8Array(text.length);
  for (const page of shown.pages)
    for (const run of page.runs) {
      if (run.start < page.start || run.end > page.end || run.end <= run.start)
        broken.push(`run ${run.start}-${run.end}`);
      if (![run.x, run.y, run.width, run.height].every(Number.isFinite)) broken.push(`box of run ${run.start}`);
      reached.fill(1, run.start, run.end);
    }
  for (let i = 0; i < text.length; i++)
    if (reached[i] === 0 && /\S/.test(text[i]!)) {
      broken.push(`no run reaches ${i}: ${JSON.stringify(text.slice(i, i + 20))}`);
      break;
    }
  return broken;
}

/** Only allowed tags and attributes, well nested, sections of parts that are, and every text in a span that agrees. */
export function brokenHtml(html: string, text: string, parts = 0): string[] {
  const broken: string[] = [];
  const open: string[] = [];
  let span: { start: number; end: number | null } | null = null;
  let outside = '';
  for (const [token] of html.matchAll(/<[^>]*>|[^<]+/g)) {
    const tag = /^<(\/?)([a-z0-9]+)([^>]*)>$/.exec(token);
    if (!tag) {
      const value = token.replace(/&(amp|lt|gt|quot|#13);/g, (_, name: string) => REFERENCES[name] ?? '');
      if (span === null) outside += value;
      else if (span.end === null && text.slice(span.start, span.start + value.length) !== value)
        broken.push(`span ${span.start} shows ${JSON.stringify(value)}`);
      else if (span.end !== null && (span.end <= span.start || span.end > text.length))
        broken.push(`span ${span.start}`);
      continue;
    }
    const [, closing, name = '', attributes = ''] = tag;
    if (!ALLOWED.has(name)) broken.push(`tag ${token}`);
    if (closing) {
      if (open.pop() !== name) broken.push(`closing ${token}`);
      span = null;
      continue;
    }
    if (name !== 'br' && name !== 'hr') open.push(name);
    if (name === 'span') {
      const found = /^ data-start="(\d+)"(?: data-end="(\d+)")?$/.exec(attributes);
      if (!found) broken.push(`attributes of ${token}`);
      else span = { start: Number(found[1]), end: found[2] === undefined ? null : Number(found[2]) };
    } else if (name === 'section') {
      const found = /^ data-part="(\d+)"$/.exec(attributes);
      if (!found || Number(found[1]) >= parts) broken.push(`attributes of ${token}`);
    } else if (!(name === 'a' ? /^ href="(?:https?:\/\/|mailto:)[^"<>\s]*"$/i : /^$/).test(attributes))
      broken.push(`attributes of ${token}`);
  }
  if (/\S/.test(outside)) broken.push(`text outside of spans: ${JSON.stringify(outside.slice(0, 40))}`);
  if (open.length > 0) broken.push(`left open: ${open.join(' ')}`);
  return broken;
}

const REFERENCES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#13': '\r' };
