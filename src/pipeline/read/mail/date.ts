/** The date of a mail as ISO 8601, the same on every machine. */

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
/** Offsets in hours that RFC 5322 still knows by name. */
const ZONES: Readonly<Record<string, number>> = {
  ut: 0,
  utc: 0,
  gmt: 0,
  z: 0,
  est: -5,
  edt: -4,
  cst: -6,
  cdt: -5,
  mst: -7,
  mdt: -6,
  pst: -8,
  pdt: -7,
};

const MAIL_DATE =
  /(\d{1,2})[ -]([a-z]{3})[a-z]*\.?[ -](\d{4}|\d{2})(?:,?\s+(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\.\d+)?\s*([+-]\d{4}|[a-z]{1,3}\b)?)?/i;
/** `Mon Nov 25 04:07:07 2026`, as in mailboxes. */
const UNIX_DATE = /([a-z]{3})\s+(\d{1,2})\s+(\d{1,2}):(\d{2})(?::(\d{2}))?\s+(?:[a-z]{3,4}\s+)?(\d{4})/i;
const ISO_DATE = /(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2}))?(?:\.\d+)?\s*(Z|[+-]\d{2}:?\d{2})?)?/i;

/** The instant in UTC (`2026-11-25T04:07:07Z`), without Z where no zone is given, only the day where no time is; '' if it is no date. */
export function mailDate(written: string): string {
  const iso = ISO_DATE.exec(written);
  if (iso) return dateOf(iso[1], Number(iso[2]) - 1, iso[3], iso.slice(4, 7), zoneOffset(iso[7]));
  const mail = MAIL_DATE.exec(written);
  if (mail) return dateOf(mail[3], monthOf(mail[2]), mail[1], mail.slice(4, 7), zoneOffset(mail[7]));
  const unix = UNIX_DATE.exec(written);
  return unix ? dateOf(unix[6], monthOf(unix[1]), unix[2], unix.slice(3, 6), null) : '';
}

function monthOf(name = ''): number {
  return MONTHS.indexOf(name.toLowerCase());
}

/** Minutes east of Greenwich; null where it is not known. */
function zoneOffset(zone = ''): number | null {
  const numeric = /^([+-])(\d{2}):?(\d{2})$/.exec(zone);
  if (numeric) return (numeric[1] === '-' ? -1 : 1) * (Number(numeric[2]) * 60 + Number(numeric[3]));
  const hours = ZONES[zone.toLowerCase()];
  return hours === undefined ? null : hours * 60;
}

function dateOf(
  year = '',
  month: number,
  day = '',
  time: readonly (string | undefined)[],
  offset: number | null,
): string {
  // Two digits are of the last century from 50 on (RFC 5322).
  const fullYear = year.length === 2 ? Number(year) + (Number(year) < 50 ? 2000 : 1900) : Number(year);
  const [hours, minutes, seconds] = time.map((part) => Number(part ?? 0));
  const date = new Date(Date.UTC(fullYear, month, Number(day), hours, minutes, seconds));
  if (month < 0 || month > 11 || date.getUTCDate() !== Number(day) || fullYear < 1900) return '';
  if (time[0] === undefined) return date.toISOString().slice(0, 10);
  if (offset === null) return date.toISOString().slice(0, 19);
  return `${new Date(date.getTime() - offset * 60_000).toISOString().slice(0, 19)}Z`;
}
