/** Whether this machine can hold the page's own language model: 145 MB of weights, twice that while they are loaded. */
import { sentenceOf } from './sentence.ts';

/** Gigabytes of memory below which a tab with the model is likely to be ended by the system. */
const least = 2;

export const instead = 'The answer is made of sentences of your documents, word for word.';

/**
 * Why it should not be tried, as a sentence; '' if nothing speaks against it.
 * @param gigabytes `navigator.deviceMemory`, which Chromium rounds to a power of two; undefined in other browsers: there
 * the loading tells
 */
export function tooSmall(gigabytes: number | undefined): string {
  if (gigabytes === undefined || gigabytes >= least) return '';
  return `This machine has about ${gigabytes} GB of memory, too little for the language model. ${instead}`;
}

/** Why no model runs here at all, as a sentence; '' if they do. @param scope where it is looked for */
export function cannotCompute(scope: object = globalThis): string {
  if ('WebAssembly' in scope) return '';
  return (
    'This browser has WebAssembly switched off, as a lockdown mode does, and no model runs without it. Documents are ' +
    'searched by words alone, and answers are sentences of your documents, word for word.'
  );
}

/** The same as `tooSmall`, of an error that loading or writing ended with. */
export function triedInVain(error: unknown): string {
  if (!isOfMemory(error)) return '';
  return `This machine has no memory left for the language model. ${instead} Close other tabs and reload the page to try again.`;
}

/** Why a document has no vectors, as a sentence. */
export function whyNoVectors(error: unknown): string {
  if (!isOfMemory(error)) return sentenceOf(error);
  return 'This machine has no memory left to make its vectors. Close other tabs and reload the page to try again.';
}

/** Errors that come from a worker have their name alone. */
function isOfMemory(error: unknown): boolean {
  return error instanceof Error && error.name === 'OutOfMemoryError';
}

export interface Machine {
  /** `navigator.deviceMemory`; undefined but in Chromium. */
  readonly gigabytes: number | undefined;
  /** Two of them may be one core. */
  readonly processors: number;
  /** CSS pixels of the screen's shorter side. */
  readonly shortSide: number;
}

export function thisMachine(): Machine {
  const { deviceMemory, hardwareConcurrency } = navigator as Navigator & { deviceMemory?: number };
  const shortSide = Math.min(screen.width, screen.height);
  return { gigabytes: deviceMemory, processors: hardwareConcurrency || 1, shortSide };
}

/** Gigabytes from which on a second worker with the model, 0.5 GB, is a small share. */
const ample = 8;
/** With fewer processors the two may share one core, and then gain nothing. */
const several = 4;

/** The language model may be loaded a second time, to read passages beside the first. */
export function hasRoomForTwo({ gigabytes, processors }: Omit<Machine, 'shortSide'>): boolean {
  return gigabytes !== undefined && gigabytes >= ample && processors >= several;
}

/** Gigabytes of memory with which a tab may take what the model takes while it is loaded. */
const enough = 4;
/** CSS pixels: the screens of phones are narrower, those of tablets wider. */
const phone = 600;

/** Why the browser may end a tab that takes a gigabyte, as the first half of a sentence; '' if nothing speaks for that. */
export function mayEnd({ gigabytes, shortSide }: Omit<Machine, 'processors'>): string {
  if (gigabytes !== undefined) return gigabytes < enough ? `This machine has about ${gigabytes} GB of memory` : '';
  return shortSide < phone ? 'This seems to be a phone, and how much memory it has is not told' : '';
}

/** How many embedders work at once: each takes some 150 MB. */
export function embedderCount(machine: Machine): number {
  return Math.max(1, Math.min(mayEnd(machine) ? 2 : 4, machine.processors));
}
