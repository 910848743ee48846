/** Units that stand by a number, each spelling under one name; what is not known here is no unit. */

const spellings: Readonly<Record<string, string>> = {
  km: 'km kms kilometre kilometres kilometer kilometers',
  m: 'metre metres meter meters',
  cm: 'cm centimetre centimetres centimeter centimeters',
  mm: 'mm millimetre millimetres millimeter millimeters',
  miles: 'mi mile miles',
  yards: 'yd yard yards',
  feet: 'ft foot feet',
  inches: 'inch inches',
  kg: 'kg kgs kilo kilos kilogram kilograms',
  g: 'gram grams',
  mg: 'mg milligram milligrams',
  lb: 'lb lbs',
  tonnes: 'tonne tonnes ton tons',
  litres: 'litre litres liter liters',
  ml: 'ml millilitre millilitres milliliter milliliters',
  gallons: 'gallon gallons',
  acres: 'acre acres',
  hectares: 'ha hectare hectares',
  '%': '% percent pct',
  '°C': '°c celsius',
  '°F': '°f fahrenheit',
  dollars: '$ us$ usd dollar dollars',
  euros: '€ eur euro euros',
  'pounds sterling': '£ gbp',
  yen: '¥ jpy yen',
  seconds: 'sec secs seconds',
  minutes: 'min mins minute minutes',
  hours: 'hr hrs hour hours',
  days: 'day days',
  weeks: 'week weeks',
  months: 'month months',
  years: 'yr yrs year years',
  decades: 'decade decades',
  centuries: 'centuries',
  'km/h': 'km/h kph',
  mph: 'mph',
  kB: 'kb kilobyte kilobytes',
  MB: 'mb megabyte megabytes',
  GB: 'gb gigabyte gigabytes',
  TB: 'tb terabyte terabytes',
  W: 'watt watts',
  kW: 'kw kilowatt kilowatts',
};

const names = new Map(
  Object.entries(spellings).flatMap(([name, all]) => all.split(' ').map((spelling) => [spelling, name] as const)),
);

const BEFORE = /(US\$|[$€£¥]|\b(?:USD|EUR|GBP|JPY))\s?$/;
const AFTER = /^(?:\s?-?\s?)(?:(square|sq\.?|cubic)\s)?(%|[$€£¥]|°[CF]|km\/h|per cent\b|\p{L}+)([²³]?)/iu;

/** The unit around a number, before its sign or behind it; '' if none is known. `$5`, `5 km`, `40-year-old`, `3 square miles`. */
export function unitAround(before: string, after: string): string {
  const sign = BEFORE.exec(before)?.[1];
  if (sign) return names.get(sign.toLowerCase()) ?? '';
  const found = AFTER.exec(after);
  if (!found) return '';
  const [, kind, word, power] = found;
  const name = names.get(word!.toLowerCase().replace('per cent', 'percent'));
  if (!name) return '';
  if (power === '²' || /^sq/i.test(kind ?? '')) return `square ${name}`;
  return power === '³' || kind ? `cubic ${name}` : name;
}
