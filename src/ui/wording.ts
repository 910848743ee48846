/** The page's standing phrases for the library's states. A test or a screen reader finds things by them. */
import type { Maker, Stage, Survey } from '../pipeline/answer.ts';
import type { ChunkStrategy } from '../pipeline/chunk/chunk.ts';
import type { Entry, KeepingState, Phase, Status, Switching, Turn } from '../library/state.ts';

const whole = new Intl.NumberFormat('en');

/** How documents are cut. */
export const strategyText: Readonly<Record<ChunkStrategy, string>> = {
  structure: 'Structure',
  sentences: 'Sentences',
  recursive: 'Recursive',
  fixed: 'Fixed length',
  semantic: 'Meaning',
};

/** `1 passage`, `4,120 passages`. */
export function count(n: number, noun: string): string {
  return `${whole.format(n)} ${noun}${n === 1 ? '' : 's'}`;
}

/** Decimal megabytes from 1 MB up, as file managers show them: `170 MB`, `9.4 MB`, `12 kB`. */
export function bytes(n: number): string {
  if (n < 1000) return `${n} B`;
  if (n < 999_500) return `${Math.round(n / 1000)} kB`;
  const megabytes = n / 1_000_000;
  return `${megabytes < 10 ? megabytes.toFixed(1) : whole.format(Math.round(megabytes))} MB`;
}

/** `18 ms`, `2.4 s`, `1 min 12 s`. */
export function duration(milliseconds: number): string {
  if (milliseconds < 1) return 'under 1 ms';
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  if (milliseconds < 60_000) return `${(milliseconds / 1000).toFixed(1)} s`;
  const seconds = Math.round(milliseconds / 1000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/** An ISO date as people write it, as exactly as it is known: `2024`, `March 2024`, `1 March 2024`; other text as it is. */
export function dateText(date: string): string {
  const [, year, month, day] = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?/.exec(date) ?? [];
  if (!year) return date;
  if (!month) return year;
  const at = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day ?? 1)));
  if (Number.isNaN(at.getTime())) return date;
  const form: Intl.DateTimeFormatOptions = { year: 'numeric', month: 'long', timeZone: 'UTC' };
  if (day) form.day = 'numeric';
  return new Intl.DateTimeFormat('en-GB', form).format(at);
}

export function statusText(status: Status): string {
  switch (status.state) {
    case 'waiting':
      return 'Waiting to be read';
    case 'reading':
      return 'Reading';
    case 'recognising':
      return `Recognising text${status.done > 0 ? `, ${count(status.done, 'picture')} done` : ''}`;
    case 'embedding':
      return `Embedding ${status.done} of ${status.total}`;
    case 'ready':
      return `Ready, ${count(status.passages, 'passage')}`;
    case 'words-only':
      return `Ready by words only, ${count(status.passages, 'passage')}`;
    case 'unfinished':
      return `Not read to the end: ${status.reason}`;
    case 'failed':
      return `Failed: ${status.reason}`;
  }
}

/** What becomes of the desk when the page is closed. */
export function keepingText(keeping: KeepingState): string {
  switch (keeping.state) {
    case 'memory':
      return 'In memory only: it goes when the page is closed.';
    case 'opening':
      return keeping.total > 0 ? `Opening, ${keeping.done} of ${count(keeping.total, 'document')}` : 'Opening';
    case 'kept':
      return keeping.pending > 0
        ? `Kept in this browser, but for ${count(keeping.pending, 'document')} so far.`
        : 'Kept in this browser.';
    case 'following':
      return 'Open in another tab, which keeps its documents. What changes there shows here.';
    case 'failed':
      return keeping.reason;
  }
}

/** `Embedding 12 of 40 passages with gte-small`. */
export function switchingText({ state, to, done, total }: Switching): string {
  if (state === 'embedding') return `Embedding ${whole.format(done)} of ${count(total, 'passage')} with ${to}`;
  return total > 0 && done < total ? `Loading ${to}, ${bytes(done)} of ${bytes(total)}` : `Loading ${to}`;
}

export function working(status: Status): boolean {
  return ['waiting', 'reading', 'recognising', 'embedding'].includes(status.state);
}

/** The name each document goes by, by path: its own, or its path where two documents share a name. */
export function shownNames(entries: readonly Entry[]): Map<string, string> {
  const times = new Map<string, number>();
  for (const { name } of entries) times.set(name, (times.get(name) ?? 0) + 1);
  return new Map(entries.map(({ path, name }) => [path, (times.get(name) ?? 0) > 1 ? path : name]));
}

/** What an answer in the making is doing. */
export const phaseText: Readonly<Record<Exclude<Phase, 'done' | 'failed'>, string>> = {
  waiting: 'Waiting for documents that are still being read',
  searching: 'Searching your documents',
  loading: 'Loading the model',
  reading: 'Reading the passages',
  writing: 'Writing',
};

/** `Reading 3 of 12 passages`; '' while nothing is being read in turn. */
export function readingText(reading: Turn['reading']): string {
  return reading ? `Reading ${whole.format(reading.done + 1)} of ${count(reading.total, 'passage')}` : '';
}

/** How much of what there was a list of points comes from. */
export function coverageText({ kind, of, fitting, read, searched }: Survey): string {
  const left = fitting - read;
  const rest = left > 0 ? `; ${whole.format(left)} ${left === 1 ? 'was' : 'were'} not read` : '';
  const fits = `${whole.format(read)} of ${count(fitting, 'passage')}`;
  if (kind === 'summarise') return `Read ${fits} of ${of}${rest}.`;
  if (fitting === 0) return `None of ${count(searched, 'passage')} on the desk speaks of “${of}”.`;
  const others = searched - fitting;
  const beyond =
    others > 0 ? ` The other ${count(others, 'passage')} on the desk seemed to speak of something else.` : '';
  return `Read ${fits} that speak of “${of}”${rest}.${kind === 'list' ? beyond : ''}`;
}

const ownMakers: Readonly<Record<Exclude<Maker, object>, string>> = {
  adapter: 'Written by the model with its adapter',
  base: 'Written by the base model, without the adapter',
  extractive: 'Sentences taken word for word from your documents',
  evidence: 'Decided by the search; the model was not asked',
};

/** Who wrote an answer, and who placed its citations. */
export function makerText(made: Maker): string {
  if (typeof made === 'string') return ownMakers[made];
  const { model, placed } = made;
  const citations = placed === 1 ? 'the citation' : `${placed} citations`;
  const by = placed > 0 ? `: Carrel, not the model, placed ${citations} where its check found support` : '';
  return `Written by ${model}, which does not cite${by}`;
}

export const stageText: Readonly<Record<Stage, string>> = {
  embed: 'Question to vector',
  search: 'Search and fuse',
  prompt: 'Compose the prompt',
  load: 'Load the model',
  read: 'Read the prompt',
  write: 'Write the answer',
  check: 'Check the citations',
};

/** `lease.pdf, page 4`, or the name alone where the document has no parts. */
export function placeText(documentName: string, part: string): string {
  return part ? `${documentName}, ${part}` : documentName;
}
