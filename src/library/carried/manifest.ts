/** What a collection file says of itself: its last entry, and what every other one is held against. */
import * as v from 'valibot';
import type { Settings } from '../state.ts';
import type { Listed } from './container.ts';
import { CarriedError, damaged, tooLarge } from './errors.ts';

export const format = 'carrel collection';
export const version = 2;
/** Those that are read; version 1 had no question set. */
const versions = [1, version] as const;
export const manifestName = 'manifest.json';

/** What a file may hold at most: far more than a desk does, and little enough for a page. */
export const limits = {
  documents: 20_000,
  /** Of one entry that is unpacked as a whole. */
  entryBytes: 128 * 1024 * 1024,
  /** Of all of them. */
  unpackedBytes: 4 * 1024 * 1024 * 1024,
  manifestBytes: 16 * 1024 * 1024,
} as const;

export interface Manifest {
  readonly format: typeof format;
  readonly version: (typeof versions)[number];
  /** ISO 8601. */
  readonly saved: string;
  readonly name: string;
  /** Milliseconds since 1970. */
  readonly created: number;
  readonly settings: Partial<Record<keyof Settings, unknown>>;
  readonly documents: number;
  readonly passages: number;
  readonly turns: number;
  /** In the question set; not there before version 2. */
  readonly questions?: number | undefined;
  /** The files themselves are in it. */
  readonly originals: boolean;
  /** All entries but this one, in the order of the file. */
  readonly entries: readonly Listed[];
}

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

const schema = v.object({
  format: v.literal(format),
  version: v.picklist(versions),
  saved: v.pipe(v.string(), v.isoTimestamp()),
  name: v.pipe(v.string(), v.minLength(1), v.maxLength(200)),
  created: count,
  settings: v.record(v.string(), v.unknown()),
  documents: count,
  passages: count,
  turns: count,
  questions: v.optional(count),
  originals: v.boolean(),
  entries: v.array(v.object({ path: v.string(), bytes: count, sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)) })),
}) satisfies v.GenericSchema<unknown, Manifest>;

/** @throws CarriedError newer, damaged, too-large */
export function parseManifest(json: string): Manifest {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    throw damaged('its manifest is no JSON', error);
  }
  const said = v.safeParse(v.object({ format: v.literal(format), version: count }), value);
  if (said.success && said.output.version > version)
    throw new CarriedError(
      'newer',
      `The collection file was saved by a newer version of Carrel (format ${said.output.version}; this page reads up to ${version}). ` +
        'It is left as it is. Reload the page to get that version.',
    );
  const parsed = v.safeParse(schema, value);
  if (!parsed.success) throw damaged(`its manifest is not what Carrel writes (${placeOf(parsed.issues)})`);
  if (parsed.output.documents > limits.documents)
    throw tooLarge(`${parsed.output.documents.toLocaleString('en')} documents`);
  return parsed.output;
}

/** Where the first fault lies: `state.stamp.dimensions`. */
export function placeOf(issues: readonly v.BaseIssue<unknown>[]): string {
  const [first] = issues;
  return (first && v.getDotPath(first)) ?? 'the whole of it';
}
