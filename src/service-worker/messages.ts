/** What page and service worker say to each other. */

/** From the page; answered through the port that is sent along, except `claim` and `use-now`. */
export type ToServiceWorker =
  /** Keep every file that is not kept yet; answered by `Kept` messages. */
  | { readonly type: 'keep' }
  /** Take control of pages that were opened without the service worker. */
  | { readonly type: 'claim' }
  /** To a waiting update: take over, if this page is the only one open. */
  | { readonly type: 'use-now' };

/** To the page: how many bytes of the page's own files are verified and stored. */
export type Kept =
  | { readonly type: 'keeping'; readonly done: number; readonly total: number }
  | { readonly type: 'kept' }
  | { readonly type: 'not-kept'; readonly reason: string };
