/** How long documents will still be read and embedded: from what has been done since they came, said only when it is known. */
import type { Entry } from './state.ts';

/** What has been done and what is left, in passages; what has not been read yet is taken to be like what has. */
export interface Work {
  readonly done: number;
  readonly left: number;
  /** Documents that are ready or have failed, of all that are on the desk. */
  readonly documents: { readonly done: number; readonly total: number };
}

/** Nothing is said before so many milliseconds and passages. */
const LEAST_TIME = 8000;
const LEAST_PASSAGES = 30;
/** The rate is that of about the last so many milliseconds. */
const REMEMBERED = 30_000;
/** What is said follows what is measured by this share each time it is asked, so that it does not jump. */
const FOLLOWS = 0.2;

/** @returns null when nothing is being read or embedded */
export function workOf(entries: readonly Pick<Entry, 'status' | 'bytes'>[]): Work | null {
  let [done, left, ended, readBytes, waitingBytes] = [0, 0, 0, 0, 0];
  for (const { status, bytes } of entries) {
    switch (status.state) {
      case 'waiting':
      case 'reading':
      case 'recognising':
        waitingBytes += bytes;
        break;
      case 'embedding':
        done += status.done;
        left += status.total - status.done;
        readBytes += bytes;
        break;
      case 'ready':
      case 'words-only':
        done += status.passages;
        readBytes += bytes;
        ended++;
        break;
      case 'unfinished':
      case 'failed':
        ended++;
    }
  }
  if (ended === entries.length) return null;
  const guessed = readBytes > 0 ? (waitingBytes * (done + left)) / readBytes : 0;
  return { done, left: left + guessed, documents: { done: ended, total: entries.length } };
}

interface Look {
  readonly at: number;
  readonly done: number;
}

/** Asked about once a second while documents are at work. */
export class TimeLeft {
  private looks: readonly Look[] = [];
  private said: { readonly at: number; readonly milliseconds: number } | null = null;

  /** @param now milliseconds @returns milliseconds that are left; null while too little is known */
  look(now: number, { done, left }: Pick<Work, 'done' | 'left'>): number | null {
    const last = this.looks.at(-1);
    // Something was removed or cut anew: what was measured is of other work.
    if (last && done < last.done) this.reset();
    this.looks = [...this.looks, { at: now, done }];
    const kept = this.looks.findLastIndex(({ at }) => now - at >= REMEMBERED);
    this.looks = this.looks.slice(Math.max(0, kept));
    const first = this.looks[0]!;
    const [time, passages] = [now - first.at, done - first.done];
    const isKnown = time >= LEAST_TIME && passages >= (time >= REMEMBERED ? 1 : LEAST_PASSAGES);
    // While nothing gets done the time that is left does not get less.
    if (!isKnown) return this.say(now, this.said?.milliseconds ?? null);
    const measured = (left * time) / passages;
    const { said } = this;
    const expected = said ? Math.max(0, said.milliseconds - (now - said.at)) : measured;
    return this.say(now, expected + FOLLOWS * (measured - expected));
  }

  /** Other work begins. */
  reset(): void {
    this.looks = [];
    this.said = null;
  }

  private say(at: number, milliseconds: number | null): number | null {
    this.said = milliseconds === null ? null : { at, milliseconds };
    return milliseconds;
  }
}

/** `about 3 minutes left`, in steps so wide that it seldom changes. */
export function timeLeftText(milliseconds: number): string {
  const seconds = milliseconds / 1000;
  if (seconds < 10) return 'a few seconds left';
  if (seconds < 50) return `about ${Math.ceil(seconds / 10) * 10} seconds left`;
  const minutes = Math.round(seconds / 60);
  if (minutes <= 1) return 'about a minute left';
  if (minutes < 55) return `about ${minutes < 10 ? minutes : Math.round(minutes / 5) * 5} minutes left`;
  const hours = Math.round(minutes / 60);
  return hours === 1 ? 'about an hour left' : `about ${hours} hours left`;
}
