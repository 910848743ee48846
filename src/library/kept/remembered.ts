/** The names of what is kept, remembered beside the database: when the browser clears that, it is noticed and told. */

const key = 'carrel.kept';

export function rememberKept(names: readonly string[]): void {
  try {
    if (names.length > 0) localStorage.setItem(key, JSON.stringify(names));
    else localStorage.removeItem(key);
  } catch {
    // Refused storage remembers nothing.
  }
}

/** Empty where nothing was kept, or nobody remembers. */
export function rememberedNames(): readonly string[] {
  try {
    const names: unknown = JSON.parse(localStorage.getItem(key) ?? '[]');
    return Array.isArray(names) ? names.filter((name) => typeof name === 'string') : [];
  } catch {
    return [];
  }
}

/** @param names of collections whose database is not there any more */
export function lostSentence([first = '', ...others]: readonly string[]): string {
  const what = others.length > 0 ? `“${first}” and ${others.length} more collections were` : `“${first}” was`;
  return (
    `${what} kept in this browser and ${others.length > 0 ? 'are' : 'is'} gone: the browser has cleared what this page ` +
    'had stored, as it may when space runs short. The files on your disk are as they were: add them again.'
  );
}
