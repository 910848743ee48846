/** When a Rich Text document was made and changed, as its head says. */

export class Dates {
  readonly #dates = { created: [0, 0, 0], changed: [0, 0, 0] };

  /** A control word of one of the two groups. */
  word(group: 'created' | 'changed', name: string, value: number | null): void {
    const at = ['yr', 'mo', 'dy'].indexOf(name);
    if (at >= 0) this.#dates[group][at] = value ?? 0;
  }

  /** The day of the last change, else of the making: ISO 8601 or ''. */
  get latest(): string {
    const { changed, created } = this.#dates;
    const [year = 0, month = 0, day = 0] = changed[0] ? changed : created;
    if (year < 1900 || year > 9999 || month < 1 || month > 12 || day < 1 || day > 31) return '';
    return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
  }
}
