/** Reads unknown JSON field by field; `at` names the place in errors. Every function here throws ManifestError. */

/** A manifest or registry is not one; `message` names the field. */
export class ManifestError extends Error {
  override readonly name = 'ManifestError';
}

export function fields(value: unknown, at: string): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new ManifestError(`${at} is not an object`);
  }
  return value as Record<string, unknown>;
}

export function list(value: unknown, at: string): readonly unknown[] {
  if (!Array.isArray(value) || value.length === 0) throw new ManifestError(`${at} is not a list with entries`);
  return value;
}

export function text(value: unknown, at: string): string {
  if (typeof value !== 'string' || value === '') throw new ManifestError(`${at} is not a text`);
  return value;
}

export function count(value: unknown, at: string): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 1) {
    throw new ManifestError(`${at} is not a whole number above 0`);
  }
  return value;
}

export function unique(names: readonly string[], at: string): void {
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) throw new ManifestError(`${at} holds ${twice} twice`);
}

/** A name that can stand as a folder's. */
export function plainName(value: unknown, at: string): string {
  const name = text(value, at);
  if (!/^[\w.-]+$/.test(name) || /^\.+$/.test(name)) throw new ManifestError(`${at} is not a plain name: ${name}`);
  return name;
}

/** A relative path that cannot leave its folder. */
export function plainPath(value: unknown, at: string): string {
  const path = text(value, at);
  if (!/^[\w.-]+(\/[\w.-]+)*$/.test(path) || /(^|\/)\.+(\/|$)/.test(path)) {
    throw new ManifestError(`${at} is not a plain relative path: ${path}`);
  }
  return path;
}

/** A SHA-256, 64 lower-case hexadecimal digits. */
export function hash(value: unknown, at: string): string {
  const digits = text(value, at);
  if (!/^[0-9a-f]{64}$/.test(digits)) throw new ManifestError(`${at} is not a SHA-256 hash`);
  return digits;
}
