/** Conversions by LibreOffice, many files a start, kept by hash. */
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KEPT, type Sample } from './files.ts';
import { has, output } from './run.ts';

/** Files a start; one that brings LibreOffice down costs the others of its batch a second start. */
const BATCH = 12;

/** What LibreOffice can be asked for: its filters by the ending of what they write. */
const FILTERS = {
  txt: 'txt:Text (encoded):UTF8',
  pdf: 'pdf',
  docx: 'docx',
  doc: 'doc:MS Word 97',
  odt: 'odt',
  rtf: 'rtf',
  odp: 'odp',
  xls: 'xls:MS Excel 97',
  ods: 'ods',
  /** Comma, quotation mark, UTF-8, cells as they are shown, every sheet a file of its own. */
  csv: 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,true,false,false,-1',
} as const;

export type Target = keyof typeof FILTERS;

/** The files that were made of each sample, by its hash: several for the sheets of a workbook, none if it failed. */
export async function convert(samples: readonly Sample[], to: Target): Promise<ReadonlyMap<string, readonly string[]>> {
  // Another filter makes other files.
  const filter = createHash('sha256').update(FILTERS[to]).digest('hex').slice(0, 8);
  const folder = join(KEPT, 'office', `${to}-${filter}`);
  mkdirSync(folder, { recursive: true });
  if (has('soffice')) {
    const open = [...new Map(samples.map((one) => [one.hash, one])).values()].filter(({ hash }) => !done(folder, hash));
    for (let at = 0; at < open.length; at += BATCH) await start(open.slice(at, at + BATCH), to, folder);
    // What is still not there brought LibreOffice down, or stood behind such a file: each alone.
    for (const one of open) {
      if (!done(folder, one.hash)) await start([one], to, folder);
      if (!done(folder, one.hash)) writeFileSync(join(folder, `${one.hash}.failed`), '');
    }
  }
  const names = readdirSync(folder).sort();
  return new Map(
    samples.map(({ hash }) => [
      hash,
      names.filter((name) => name.startsWith(hash) && !name.endsWith('.failed')).map((name) => join(folder, name)),
    ]),
  );
}

function done(folder: string, hash: string): boolean {
  return readdirSync(folder).some((name) => name.startsWith(hash));
}

async function start(samples: readonly Sample[], to: Target, folder: string): Promise<void> {
  const work = mkdtempSync(join(tmpdir(), 'carrel-office-'));
  const inputs = samples.map(({ file, hash, format }) => {
    const input = join(work, `${hash}.${format}`);
    copyFileSync(file, input);
    return input;
  });
  const out = join(work, 'out');
  const profile = `-env:UserInstallation=file://${join(tmpdir(), 'carrel-bench-office')}`;
  const args = [profile, '--headless', '--norestore', '--convert-to', FILTERS[to], '--outdir', out, ...inputs];
  await output('soffice', args, 40_000 + samples.length * 10_000);
  if (existsSync(out)) {
    for (const name of readdirSync(out).filter((name) => name.endsWith(`.${to}`))) {
      // The temporary folder may lie on another device.
      copyFileSync(join(out, name), join(folder, `${name}.part`));
      renameSync(join(folder, `${name}.part`), join(folder, name));
    }
  }
  rmSync(work, { recursive: true, force: true });
}
