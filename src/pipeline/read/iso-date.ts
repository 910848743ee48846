/** Dates as files write them, to ISO 8601. */

const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');

/** `2024-03-01`, as exact as the text says; '' when no date can be read with certainty. Day and month are never guessed. */
export function isoDate(written: string): string {
  const text = written.trim();
  const iso = /^(\d{4})(?:[-/](\d{1,2})(?:[-/](\d{1,2}))?)?(?:[T ].*)?$/.exec(text);
  if (iso) return joined(iso[1]!, iso[2], iso[3]);
  const packed = /^(\d{4})(\d{2})(\d{2})(?:T.*)?$/.exec(text);
  if (packed) return joined(packed[1]!, packed[2], packed[3]);
  const dayFirst = /(?:^|\s)(\d{1,2})(?:st|nd|rd|th|\.)?\s+([A-Za-z]{3,9})\.?,?\s+(\d{4})\b/.exec(text);
  if (dayFirst) return joined(dayFirst[3]!, month(dayFirst[2]!), dayFirst[1]);
  const monthFirst = /(?:^|\s)([A-Za-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})\b/.exec(text);
  if (monthFirst) return joined(monthFirst[3]!, month(monthFirst[1]!), monthFirst[2]);
  const monthOnly = /^([A-Za-z]{3,9})\.?,?\s+(\d{4})$/.exec(text);
  return monthOnly ? joined(monthOnly[2]!, month(monthOnly[1]!), undefined) : '';
}

/** '' for a word that is no month of ours. */
function month(name: string): string {
  return String(MONTHS.indexOf(name.slice(0, 3).toLowerCase()) + 1);
}

function joined(year: string, monthNumber: string | undefined, day: string | undefined): string {
  if (monthNumber === undefined) return year;
  const [m, d] = [Number(monthNumber), Number(day ?? 1)];
  if (m < 1 || m > 12 || d < 1 || d > 31) return '';
  const pad = (n: number): string => String(n).padStart(2, '0');
  return day === undefined ? `${year}-${pad(m)}` : `${year}-${pad(m)}-${pad(d)}`;
}
