/** What the page shows of its network, its stores and its versions, as data. */
import type { InForce } from '../network/in-force.ts';
import type { Attempt } from '../network/severed.ts';
import type { Request } from './network/log.ts';
import type { Stored } from './network/stored.ts';

/** A policy as it was found in one place. */
export interface PolicyFound {
  /** `page`, `service worker`, or a worker's name. */
  readonly by: string;
  /** Null where it did not answer. */
  readonly found: InForce | null;
}

export type ProofState =
  | { readonly state: 'none' }
  | { readonly state: 'cutting' }
  | { readonly state: 'answering'; readonly attempts: readonly ProofAttempt[] }
  | { readonly state: 'done'; readonly proof: Proof }
  /** `reason` is a sentence. The network is there again. */
  | { readonly state: 'failed'; readonly reason: string };

/** Somebody tried to reach the network while it was cut. */
export interface ProofAttempt {
  /** `page`, or a worker's name. */
  readonly by: string;
  readonly came: Attempt;
}

/** What was found while the network was cut. */
export interface Proof {
  readonly question: string;
  /** As the page shows it; the sentence of a failure where there is none. */
  readonly answer: string;
  readonly milliseconds: number;
  /** Made to try the cut. */
  readonly attempts: readonly ProofAttempt[];
  /** Requests that were refused beside those attempts: addresses. */
  readonly refused: readonly string[];
  /** Files of the page that were needed and read from this machine. */
  readonly fromHere: number;
  /** False where no service worker is in control: then the page and its workers were cut each by themselves. */
  readonly byServiceWorker: boolean;
}

export interface PrivacyApi {
  /** Every request that is known of since the page opened, oldest first. */
  readonly requests: readonly Request[];
  /** Milliseconds since 1970. */
  readonly since: number;
  /** The address that the page belongs to, as the origin of its requests. */
  readonly origin: string;
  /** Null before they have been asked. */
  readonly policies: readonly PolicyFound[] | null;
  /** Null before it has been counted. */
  readonly stored: readonly Stored[] | null;
  readonly proof: ProofState;
  /** Asks the page, its workers and its service worker which policy they are under. */
  askPolicies(): Promise<void>;
  countStored(): Promise<void>;
  /** Takes in what the service worker remembers. */
  catchUp(): Promise<void>;
  /** Cuts the network, asks the desk, and restores it. */
  prove(question: string): Promise<void>;
}

/** A version of the page beside the one that is open. */
export type UpdateState =
  | { readonly state: 'none' }
  /** Stored, and waiting to be used. */
  | { readonly state: 'ready' }
  /** It cannot be used: so many other tabs use the version before. */
  | { readonly state: 'in-use'; readonly others: number }
  | { readonly state: 'using' }
  /** It could not be stored; `reason` is a sentence. */
  | { readonly state: 'failed'; readonly reason: string }
  /** Another tab has taken it into use: this one is of the version before. */
  | { readonly state: 'replaced' };

export interface UpdateApi {
  readonly state: UpdateState;
  /** What is under way, as sentences; empty if nothing is. */
  readonly underWay: readonly string[];
  /** What would be gone after a reload, as sentences; empty if nothing would. */
  readonly lost: readonly string[];
  /** Uses the new version: the page is loaded anew, once what can be kept is. */
  use(): Promise<void>;
  /** Not now: it is told again at the next visit. */
  later(): void;
}
