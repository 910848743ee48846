/** Going without the language model on a device that may not hold it: offered before it is fetched, and remembered. */

import { mayEnd, type Machine } from './machine.ts';

export type LightState =
  /** The device can hold the model, as far as it tells, or it gets none. */
  | { readonly state: 'not-needed' }
  /** Nothing has been chosen yet; the model is not fetched meanwhile. `reason` is a sentence. */
  | { readonly state: 'offered'; readonly reason: string }
  /** It goes without. */
  | { readonly state: 'light' }
  /** The model was wanted all the same. */
  | { readonly state: 'full' };

const key = 'carrel.model';

export class LightMode {
  state = $state.raw<LightState>({ state: 'not-needed' });

  /** @param isNeeded false where the machine gets no language model anyway */
  constructor(machine: Omit<Machine, 'processors'>, isNeeded: boolean) {
    const why = mayEnd(machine);
    if (!isNeeded || !why) return;
    const chosen = remembered();
    const reason =
      `${why}, so the browser may close this page when the language model (145 MB) is loaded; ` +
      'without it, answers are sentences of your documents, word for word.';
    this.state = chosen === null ? { state: 'offered', reason } : { state: chosen };
  }

  /** Why the language model does not write, as sentences; '' if it may. */
  get without(): string {
    const instead = 'The answer is made of sentences of your documents, word for word.';
    if (this.state.state === 'offered')
      return `The language model has not been fetched: whether it is to be is asked at the top of the page. ${instead}`;
    if (this.state.state === 'light') return `The language model was left out on this device, as you chose. ${instead}`;
    return '';
  }

  choose(chosen: 'light' | 'full'): void {
    this.state = { state: chosen };
    try {
      localStorage.setItem(key, chosen);
    } catch {
      // Refused storage: the choice then lasts as long as the page.
    }
  }
}

function remembered(): 'light' | 'full' | null {
  try {
    const saved = localStorage.getItem(key);
    return saved === 'light' || saved === 'full' ? saved : null;
  } catch {
    return null;
  }
}
