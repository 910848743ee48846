/** The yardstick for mail, mailboxes and saved web pages: Python's parser, and pandoc for what is HTML in them. */
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../../scripts/root.ts';
import { byPandoc } from './pandoc.ts';
import { output } from './run.ts';

interface Message {
  readonly head: readonly (readonly [string, string])[];
  readonly plain: string;
  readonly html: string;
  /** Names of attachments. */
  readonly attached: readonly string[];
}

/**
 * A message may say the same in plain text and in HTML, and its date can be written in many ways: a reader is right with
 * either body or both, with the date as it stands or in its own words, and with the names of attachments or without.
 */
export async function byPython(file: string, format: string): Promise<readonly string[] | null> {
  const json = await output('python3', [join(ROOT, 'bench/readers/mail.py'), format, file]);
  if (!json) return null;
  const messages = JSON.parse(json.toString('utf8')) as Message[];
  const html = await Promise.all(messages.map((message) => (message.html ? ofHtml(message.html) : '')));
  if (format === 'mhtml') return [html.join('\n'), messages.map(({ plain }, i) => `${plain}\n${html[i]}`).join('\n')];
  const bodies = [
    messages.map(({ plain }, i) => plain || html[i]!),
    messages.map(({ plain }, i) => html[i] || plain),
    messages.map(({ plain }, i) => `${plain}\n${html[i]}`),
  ];
  const heads = [true, false].flatMap((dated) =>
    [true, false].map((attached) => messages.map((message) => head(message, dated, attached))),
  );
  const whole = heads.flatMap((tops) => bodies.map((body) => tops.map((top, i) => `${top}\n${body[i]}`).join('\n')));
  return [...new Set(whole)];
}

/** The lines above a mail in the order in which programs show them. */
function head(message: Message, dated: boolean, attached: boolean): string {
  const lines = message.head.filter(([name]) => dated || name !== 'date').map(([name, value]) => `${name}: ${value}`);
  if (attached && message.attached.length > 0) lines.push(`Attachments: ${message.attached.join(', ')}`);
  return lines.join('\n');
}

async function ofHtml(html: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'carrel-mail-'));
  const file = join(folder, `${createHash('sha256').update(html).digest('hex').slice(0, 16)}.html`);
  writeFileSync(file, html);
  const texts = await byPandoc(file, 'html');
  rmSync(folder, { recursive: true });
  return texts?.at(-1) ?? '';
}
