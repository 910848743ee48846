/** Reads what a person may have written by hand: every fault is kept as a sentence, and reading goes on. */

export class Reading {
  readonly faults: string[] = [];

  fault(sentence: string): void {
    this.faults.push(sentence);
  }

  /** @param where how it is called at the start of a sentence; null, with a fault, where it is no object */
  fields(json: unknown, where: string): Fields | null {
    if (typeof json === 'object' && json !== null && !Array.isArray(json))
      return new Fields(json as Readonly<Record<string, unknown>>, where, this);
    this.fault(`${where} is to be an object in braces.`);
    return null;
  }

  /** '' with a fault where it is no text. @param most characters */
  text(json: unknown, where: string, most: number, mayBeEmpty = false): string {
    if (typeof json !== 'string') this.fault(`${where} is missing, or is no text.`);
    else if (json.trim() === '' && !mayBeEmpty) this.fault(`${where} is empty.`);
    else if (json.length > most) this.fault(`${where} has ${json.length} characters; ${most} are the most.`);
    else return json;
    return '';
  }
}

/** The fields of one object. */
export class Fields {
  constructor(
    private readonly json: Readonly<Record<string, unknown>>,
    readonly where: string,
    private readonly reading: Reading,
  ) {}

  value(name: string): unknown {
    return this.json[name];
  }

  text(name: string, most: number, mayBeEmpty = false): string {
    return this.reading.text(this.json[name], `${this.where}: “${name}”`, most, mayBeEmpty);
  }

  /** `least` with a fault where it is none. */
  whole(name: string, least: number, most: number): number {
    const value = this.json[name];
    if (typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most) return value;
    this.reading.fault(`${this.where}: “${name}” is to be a whole number from ${least} to ${most}.`);
    return least;
  }

  truth(name: string): boolean {
    const value = this.json[name];
    if (typeof value === 'boolean') return value;
    this.reading.fault(`${this.where}: “${name}” is to be true or false.`);
    return false;
  }

  /** Empty with a fault where it is no list of so many. */
  list<T>(name: string, least: number, most: number, one: (json: unknown, where: string) => T): readonly T[] {
    const value = this.json[name];
    const where = `${this.where}: “${name}”`;
    if (!Array.isArray(value)) this.reading.fault(`${where} is missing, or is no list in brackets.`);
    else if (value.length < least || value.length > most)
      this.reading.fault(`${where} has ${value.length} entries; it is to have ${least} to ${most}.`);
    else return value.map((json: unknown, i) => one(json, `${where}, number ${i + 1}`));
    return [];
  }

  inner(name: string): Fields | null {
    return this.reading.fields(this.json[name], `${this.where}: “${name}”`);
  }

  /** A misspelt name would otherwise be dropped without a word. */
  nothingElse(known: readonly string[]): void {
    for (const name of Object.keys(this.json))
      if (!known.includes(name)) this.reading.fault(`${this.where} has “${name}”, which this page does not know.`);
  }
}
