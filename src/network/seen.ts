/** What is known of the page's requests, as each of those who see them tells it. */

/** A request as a page or a worker has measured it itself (Resource Timing), or has been refused. */
export interface Measured {
  readonly url: string;
  /** When it began: milliseconds since 1970. */
  readonly at: number;
  /** `page`, or the worker's name. */
  readonly by: string;
  /** That came over the network, heads included; 0 when it came from a store on this machine. */
  readonly bytes: number;
  /** `failed`: there was no answer. */
  readonly outcome: 'answered' | 'failed' | 'refused-by-policy' | 'refused-by-cut';
}

/** A request as it passed the service worker. */
export interface Passed {
  /** Which life of the service worker: the browser ends it when it is idle, and its counting begins anew. */
  readonly run: number;
  readonly number: number;
  readonly url: string;
  readonly method: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Who asked; `self` is the service worker. */
  readonly kind: 'window' | 'worker' | 'self' | 'unknown';
  /** The browser's id of who asked; '' where there is none. */
  readonly client: string;
  /** `let-through`: left to the browser, which goes to the network or to its own cache. */
  readonly answer: 'kept' | 'network' | 'let-through' | 'failed' | 'refused-by-cut';
}
