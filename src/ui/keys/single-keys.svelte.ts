/** Whether keys alone are heard; kept for the next visit where the browser allows it. */

const key = 'carrel.single-keys';

function kept(): boolean {
  try {
    return localStorage.getItem(key) !== 'off';
  } catch {
    return true;
  }
}

class SingleKeys {
  #on = $state(kept());

  get on(): boolean {
    return this.#on;
  }

  set on(on: boolean) {
    this.#on = on;
    try {
      localStorage.setItem(key, on ? 'on' : 'off');
    } catch {
      // storage refused (private window): the choice holds for this visit
    }
  }
}

export const singleKeys = new SingleKeys();

export const mac = /mac|iphone|ipad/i.test(navigator.platform);
