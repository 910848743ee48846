/** One list of the page's requests, out of what page and workers measured themselves and what the service worker saw. */
import type { Measured, Passed } from '../../network/seen.ts';

/** Where the answer came from; `browser`: without the network, from a store of the browser's own. */
export type How = 'kept' | 'browser' | 'network' | 'failed' | 'refused-by-policy' | 'refused-by-cut';

export interface Request {
  readonly url: string;
  readonly method: string;
  /** When it began: milliseconds since 1970. */
  readonly at: number;
  /** `page`, a worker's name, `service worker`, `another page`, or `a worker` that did not tell of it itself. */
  readonly by: string;
  readonly how: How;
  /** That came over the network; null where only the service worker saw it, which does not count them. */
  readonly bytes: number | null;
}

/** Clocks of page and service worker may differ by so many milliseconds, the start of the latter included. */
const NEAR = 5000;

/**
 * Each request once, oldest first. What both saw is paired by its address and the nearest time.
 * @param you the page's id among those of the service worker; '' if that is not known
 * @param since earlier requests are those of an earlier page
 */
export function mergeRequests(
  measured: readonly Measured[],
  passed: readonly Passed[],
  { you, since }: { readonly you: string; readonly since: number },
): readonly Request[] {
  const open = new Map<string, Measured[]>();
  for (const one of measured) {
    if (one.outcome === 'answered' || one.outcome === 'failed') open.set(one.url, [...(open.get(one.url) ?? []), one]);
  }
  const both = new Map<Measured, Passed>();
  const seenAlone: Request[] = [];
  for (const one of once(passed).filter(({ at }) => at >= since)) {
    const candidates = isOurs(one, you) ? (open.get(one.url) ?? []) : [];
    const pair = nearest(candidates, one.at);
    if (pair) {
      both.set(pair, one);
      candidates.splice(candidates.indexOf(pair), 1);
    } else seenAlone.push(alone(one, you));
  }
  const measuredAll = measured.filter((one) => !isEcho(one, measured)).map((one) => together(one, both.get(one)));
  return [...measuredAll, ...seenAlone].sort((a, b) => a.at - b.at);
}

/** What the policy refused may be measured as a request without an answer as well. */
function isEcho({ outcome, url, at }: Measured, measured: readonly Measured[]): boolean {
  if (outcome !== 'failed') return false;
  return measured.some(
    (one) => one.outcome === 'refused-by-policy' && one.url === url && Math.abs(one.at - at) <= NEAR,
  );
}

/** The service worker tells its list more than once. */
function once(passed: readonly Passed[]): readonly Passed[] {
  return [...new Map(passed.map((one) => [`${one.run} ${one.number}`, one])).values()];
}

function isOurs({ kind, client }: Passed, you: string): boolean {
  return kind === 'worker' || kind === 'unknown' || (kind === 'window' && (you === '' || client === you));
}

function nearest(candidates: readonly Measured[], at: number): Measured | null {
  let best: Measured | null = null;
  for (const one of candidates) if (Math.abs(one.at - at) <= (best ? Math.abs(best.at - at) : NEAR)) best = one;
  return best;
}

function together({ url, at, by, bytes, outcome }: Measured, passed: Passed | undefined): Request {
  const method = passed?.method ?? 'GET';
  if (outcome === 'refused-by-policy' || outcome === 'refused-by-cut')
    return { url, method, at, by, how: outcome, bytes };
  if (passed && passed.answer !== 'let-through') return { url, method, at, by, how: passed.answer, bytes };
  const how = outcome === 'failed' ? 'failed' : bytes > 0 ? 'network' : 'browser';
  return { url, method, at, by, how, bytes };
}

function alone({ url, method, at, kind, client, answer }: Passed, you: string): Request {
  const by =
    kind === 'self' ? 'service worker' : kind !== 'window' ? 'a worker' : client === you ? 'page' : 'another page';
  // Let through is as good as sent: only who asked could have told that the browser had it already.
  return { url, method, at, by, how: answer === 'let-through' ? 'network' : answer, bytes: null };
}

export interface Summary {
  readonly all: number;
  /** Requests that reached the network, or might have. */
  readonly overNetwork: number;
  readonly bytes: number;
  /** Answered by what is kept on this machine. */
  readonly fromHere: number;
  readonly refused: number;
  readonly failed: number;
  /** Hosts beside the page's own that a request went to, each once. */
  readonly elsewhere: readonly string[];
  /** Requests to other hosts that were refused. */
  readonly elsewhereRefused: number;
}

/** @param origin the page's own */
export function summarise(requests: readonly Request[], origin: string): Summary {
  const isRefused = ({ how }: Request): boolean => how === 'refused-by-policy' || how === 'refused-by-cut';
  const number = (of: (request: Request) => boolean): number => requests.filter(of).length;
  const isElsewhere = ({ url }: Request): boolean => new URL(url, origin).origin !== origin;
  const went = requests.filter((request) => isElsewhere(request) && !isRefused(request));
  return {
    all: requests.length,
    overNetwork: number(({ how }) => how === 'network'),
    bytes: requests.reduce((sum, { bytes }) => sum + (bytes ?? 0), 0),
    fromHere: number(({ how }) => how === 'kept' || how === 'browser'),
    refused: number(isRefused),
    failed: number(({ how }) => how === 'failed'),
    elsewhere: [...new Set(went.map(({ url }) => new URL(url).host))].sort(),
    elsewhereRefused: number((request) => isElsewhere(request) && isRefused(request)),
  };
}
