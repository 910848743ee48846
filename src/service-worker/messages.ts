/** What page and service worker say to each other. */
import type { InForce } from '../network/in-force.ts';
import type { Passed } from '../network/seen.ts';

/** From the page; answered through the port that is sent along, except `claim` and `restore`. */
export type ToServiceWorker =
  /** Keep every file that is not kept yet; answered by `Kept` messages. */
  | { readonly type: 'keep' }
  /** Take control of pages that were opened without the service worker. */
  | { readonly type: 'claim' }
  /** To a waiting update: take over, if this page is the only one open; answered by `Used`. */
  | { readonly type: 'use-now' }
  /** Tell the requests seen so far; answered by `Asked`. */
  | { readonly type: 'tell-log' }
  /** Tell the policy that the browser enforces on the service worker itself; answered by `InForce`. */
  | { readonly type: 'tell-policy' }
  /** Let nothing reach the network for `CUT_MILLISECONDS` from now; answered by `CutSince`. */
  | { readonly type: 'cut' }
  | { readonly type: 'restore' };

/** To the page: how many bytes of the page's own files are verified and stored. */
export type Kept =
  | { readonly type: 'keeping'; readonly done: number; readonly total: number }
  | { readonly type: 'kept' }
  | { readonly type: 'not-kept'; readonly reason: string };

/** To the page, by itself: requests that it has seen. `you` is the page's own id among them. */
export interface Asked {
  readonly type: 'asked';
  readonly you: string;
  readonly passed: readonly Passed[];
}

/** To a page that wants the update used. */
export type Used =
  | { readonly type: 'using' }
  /** So many other pages use the version before; nothing was changed. */
  | { readonly type: 'in-use'; readonly others: number };

/** When the cut that holds now began: milliseconds since 1970. Another one than before: it had not held throughout. */
export interface CutSince {
  readonly since: number;
}

export type FromServiceWorker = Kept | Asked;

/** A cut ends by itself unless it is asked for again: a page that has died must not leave the others without network. */
export const CUT_MILLISECONDS = 15_000;

/** What the service worker answers to each message that is sent with a port. */
export interface Replies {
  readonly 'use-now': Used;
  readonly 'tell-log': Asked;
  readonly 'tell-policy': InForce;
  readonly cut: CutSince;
}
