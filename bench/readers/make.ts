/** Files of the formats that a folder holds few of, made of its others by LibreOffice, pandoc, zip or by hand. */
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stemOf } from '../../src/pipeline/read/reading.ts';
import { KEPT, sample, stateOf, type Sample } from './files.ts';
import { convert, type Target } from './office.ts';
import { has, output } from './run.ts';

/** Of each scarce format so many files, own and made. A few more than asked for: not every source can be turned. */
const WANTED = 24;
/** Mails a mailbox, files an archive. */
const TOGETHER = 3;
/** A source over this many bytes makes a slow file and tells nothing more. */
const MOST_BYTES = 300_000;

/** Writes a file of the format from its sources (one, or `TOGETHER`); false if it cannot. */
type Maker = (sources: readonly Sample[], to: string) => Promise<boolean> | boolean;

interface Scarce {
  readonly from: readonly string[];
  /** Sources a file. */
  readonly each: number;
  readonly make: Maker | Target;
  /** Which sources will do; all, if it does not say. */
  readonly takes?: (bytes: Uint8Array) => boolean;
}

const SCARCE: Readonly<Record<string, Scarce>> = {
  doc: { from: ['docx'], each: 1, make: 'doc' },
  odt: { from: ['docx'], each: 1, make: 'odt' },
  odp: { from: ['pptx'], each: 1, make: 'odp' },
  xls: { from: ['xlsx', 'csv'], each: 1, make: 'xls' },
  ods: { from: ['xlsx', 'csv'], each: 1, make: 'ods' },
  epub: { from: ['docx'], each: 1, make: (from, to) => withPandoc(from, to, 'epub3') },
  tex: { from: ['docx', 'md'], each: 1, make: (from, to) => withPandoc(from, to, 'latex') },
  ipynb: { from: ['md', 'docx'], each: 1, make: (from, to) => withPandoc(from, to, 'ipynb') },
  mhtml: { from: ['html'], each: 1, make: webPage },
  // UTF-16 has no line ends that a mailbox knows.
  mbox: { from: ['eml'], each: TOGETHER, make: mailbox, takes: (bytes) => !bytes.subarray(0, 400).includes(0) },
  zip: { from: ['txt', 'md', 'csv', 'html', 'docx', 'eml'], each: TOGETHER, make: archive },
};

/** The scarce formats of which files can be made. */
export const MADE = Object.keys(SCARCE);

/** Files of one format to add to those that there are, in a settled order. */
export async function madeOf(format: string, all: readonly Sample[], wanted = WANTED): Promise<Sample[]> {
  const scarce = SCARCE[format];
  if (!scarce) return [];
  const lack = wanted - all.filter((one) => one.format === format).length;
  if (lack <= 0) return [];
  // One source after the other of each format, so that no format's quirks fill the table.
  const pools = scarce.from.map((from) => all.filter((one) => one.format === from && fits(one, scarce)));
  const sources = Array.from({ length: Math.max(0, ...pools.map((pool) => pool.length)) }, (_, i) =>
    pools.flatMap((pool) => pool[i] ?? []),
  ).flat();
  return typeof scarce.make === 'string'
    ? byOffice(format, scarce.make, sources, lack)
    : byHand(format, scarce, sources, lack);
}

function fits({ file }: Sample, { takes }: Scarce): boolean {
  const bytes = readFileSync(file);
  return bytes.length > 200 && bytes.length < MOST_BYTES && (takes?.(bytes) ?? true);
}

async function byOffice(format: string, target: Target, sources: readonly Sample[], lack: number): Promise<Sample[]> {
  const made: Sample[] = [];
  for (let at = 0; at < sources.length && made.length < lack; at += lack) {
    const some = sources.slice(at, at + lack);
    const files = await convert(some, target);
    for (const one of some) {
      const [file] = files.get(one.hash) ?? [];
      if (file && made.length < lack) made.push(sample(file, nameFor([one], format), [one]));
    }
  }
  return made;
}

async function byHand(format: string, scarce: Scarce, sources: readonly Sample[], lack: number): Promise<Sample[]> {
  const folder = join(KEPT, 'made', `${format}-${stateOf(['make.ts'])}`);
  mkdirSync(folder, { recursive: true });
  const made: Sample[] = [];
  // With several sources a file, each file begins one further on and reaches across the list.
  const stride = scarce.each === 1 ? 1 : Math.max(1, Math.floor(sources.length / TOGETHER));
  for (let at = 0; at < sources.length && made.length < lack; at++) {
    const from = Array.from({ length: scarce.each }, (_, i) => sources[(at + i * stride) % sources.length]!);
    const file = join(folder, `${from.map(({ hash }) => hash).join('-')}.${format}`);
    const make = scarce.make as Maker;
    if (existsSync(file) || (await make(from, file))) made.push(sample(file, nameFor(from, format), from));
  }
  return made;
}

/** `made/test.docx.doc`: what it was is part of its name. */
function nameFor(from: readonly Sample[], format: string): string {
  const name = from[0]!.path.split('/').at(-1)!.split('__').at(-1)!;
  const more = from.length > 1 ? ` and ${from.length - 1} more` : '';
  return `made/${stemOf(name)}.${from[0]!.format}${more}.${format}`;
}

async function withPandoc([source]: readonly Sample[], to: string, writer: string): Promise<boolean> {
  if (!has('pandoc')) return false;
  const reader = source!.format === 'md' ? 'gfm' : source!.format;
  return (await output('pandoc', ['-s', '-f', reader, '-t', writer, '-o', to, source!.file])) !== null;
}

/** As browsers save a page: one part, quoted-printable (RFC 2045), with the address it came from. */
function webPage([source]: readonly Sample[], to: string): boolean {
  const boundary = `----bench-${source!.hash}`;
  const bytes = readFileSync(source!.file);
  const lines = [
    'From: <Saved by the bench>',
    `Snapshot-Content-Location: https://example.org/${source!.hash}.html`,
    'Subject: A saved page',
    'Date: Mon, 1 Jan 2024 00:00:00 -0000',
    'MIME-Version: 1.0',
    `Content-Type: multipart/related; type="text/html"; boundary="${boundary}"`,
    '',
    `--${boundary}`,
    'Content-Type: text/html; charset=utf-8',
    'Content-Transfer-Encoding: quoted-printable',
    `Content-Location: https://example.org/${source!.hash}.html`,
    '',
    quotedPrintable(bytes),
    `--${boundary}--`,
    '',
  ];
  writeFileSync(to, lines.join('\r\n'));
  return true;
}

/** Lines of at most 76 characters; a line's end of the source stays one. */
function quotedPrintable(bytes: Uint8Array): string {
  let text = '';
  let length = 0;
  for (const byte of bytes) {
    if (byte === 13) continue;
    if (byte === 10) {
      text += '\r\n';
      length = 0;
      continue;
    }
    const plain = byte > 32 && byte < 127 && byte !== 61;
    const sign = plain ? String.fromCharCode(byte) : `=${byte.toString(16).toUpperCase().padStart(2, '0')}`;
    if (length + sign.length > 75) {
      text += '=\r\n';
      length = 0;
    }
    text += sign;
    length += sign.length;
  }
  return text;
}

/** Messages one after the other, each under a `From ` line, its own taken off; such lines inside are quoted (RFC 4155). */
function mailbox(sources: readonly Sample[], to: string): boolean {
  const messages = sources.map(({ file }) => readFileSync(file));
  const boxed = messages.map((bytes) => {
    const message = bytes
      .toString('latin1')
      .replace(/\r\n/g, '\n')
      .replace(/^From .*\n/, '');
    const text = message.replace(/^(>*From )/gm, '>$1');
    return `From bench@example.org Mon Jan  1 00:00:00 2024\n${text.trimEnd()}\n\n`;
  });
  writeFileSync(to, Buffer.from(boxed.join(''), 'latin1'));
  return true;
}

async function archive(sources: readonly Sample[], to: string): Promise<boolean> {
  if (!has('zip')) return false;
  const folder = `${to}.files`;
  mkdirSync(folder, { recursive: true });
  const files = sources.map(({ file, format }, i) => {
    const copy = join(folder, `${i + 1}.${format}`);
    copyFileSync(file, copy);
    return copy;
  });
  const done = await output('zip', ['-q', '-X', '-j', to, ...files]);
  rmSync(folder, { recursive: true });
  return done !== null;
}
