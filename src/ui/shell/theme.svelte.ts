/** Light, dark, or as the system has it; kept for the next visit where the browser allows it. */

export type Theme = 'system' | 'light' | 'dark';
export const themes: readonly Theme[] = ['system', 'light', 'dark'];
const key = 'carrel.theme';

function kept(): Theme {
  try {
    return themes.find((t) => t === localStorage.getItem(key)) ?? 'system';
  } catch {
    return 'system';
  }
}

class ThemeChoice {
  #value = $state<Theme>(kept());

  get value(): Theme {
    return this.#value;
  }

  set value(theme: Theme) {
    this.#value = theme;
    this.apply();
    try {
      localStorage.setItem(key, theme);
    } catch {
      // storage refused (private window): the choice holds for this visit
    }
  }

  apply(): void {
    if (this.#value === 'system') delete document.documentElement.dataset['theme'];
    else document.documentElement.dataset['theme'] = this.#value;
  }
}

export const theme = new ThemeChoice();
