/** Reads a collection file: all of it is checked before anything of it is given, and nothing of it is believed unchecked. */
import * as v from 'valibot';
import { parseQuestions } from '../../lab/question-file.ts';
import type { Question } from '../../lab/question.ts';
import { sha256 } from '../../models/sha256.ts';
import type { Records } from '../kept/loading.ts';
import type { KeptDocument } from '../kept/schema.ts';
import { originalFault, textFault, vectorsFault, type DocumentRecords } from '../kept/whole.ts';
import { mostLevels } from '../inner.ts';
import { sound } from '../settings.ts';
import type { Settings, Turn } from '../state.ts';
import { ContainerReader, sum, unpacked } from './container.ts';
import { carriedDocument, contentFault } from './document-shape.ts';
import { damaged, tooLarge } from './errors.ts';
import { bytesToFloats } from './floats.ts';
import { limits, manifestName, parseManifest, placeOf, type Manifest } from './manifest.ts';
import { mediaType } from './recognise.ts';
import { entryNames, mimetypeName, questionsName, turnsName } from './save.ts';
import { carriedTurn, renumbered, turnFault } from './turn-shape.ts';
import type { ZipEntry } from './zip-layout.ts';

export interface OpenOptions {
  /** Documents checked so far. */
  onProgress?(done: number, total: number): void;
  readonly signal?: AbortSignal;
}

/** A collection file that is whole; texts and vectors are read from it when they are asked for. */
export interface OpenedCollection {
  readonly about: Manifest;
  readonly settings: Settings;
  readonly documents: readonly KeptDocument[];
  readonly turns: readonly Turn[];
  /** The question set of the lab; none in a file of version 1. */
  readonly questions: readonly Question[];
  readonly records: Records;
}

/** @throws CarriedError, and nothing has been opened; the signal's reason when it is aborted */
export async function openCollection(file: Blob, options: OpenOptions = {}): Promise<OpenedCollection> {
  const carried = new CarriedFile(await ContainerReader.open(file));
  const about = await carried.manifest();
  await carried.checkEntries(about, options.signal);
  const documents = await carried.checkDocuments(about, options);
  const turns = await carried.turns(about);
  const questions = await carried.questions(about);
  const paths = new Map(documents.map(({ path }, i) => [path, i + 1]));
  const place = (path: string): number => paths.get(path) ?? 0;
  const records: Records = {
    original: async (_, path) => (await carried.document(place(path))).original,
    text: async (_, path) => (await carried.document(place(path))).text,
    vectors: async (_, path) => (await carried.document(place(path))).vectors,
  };
  return { about, settings: sound(about.settings), documents, turns, questions, records };
}

class CarriedFile {
  /** The last document that was read: its text and its vectors are asked for one after the other. */
  private last: { readonly place: number; readonly records: Promise<DocumentRecords> } | null = null;

  constructor(private readonly container: ContainerReader) {}

  async manifest(): Promise<Manifest> {
    const entry = this.container.entries.get(manifestName);
    if (!entry) throw damaged('its manifest is missing');
    if (entry.bytes > limits.manifestBytes) throw tooLarge('a manifest of more than 16 MB');
    const packed = await this.container.packed(entry);
    if (entry.method !== 0 || (await sum(packed)) !== entry.crc) throw damaged('its manifest is not what was saved');
    return parseManifest(await packed.text());
  }

  /** Every entry is listed and every listed entry is there, with the bytes that were saved. */
  async checkEntries(about: Manifest, signal?: AbortSignal): Promise<void> {
    const listed = new Map(about.entries.map((one) => [one.path, one]));
    const names = [...this.container.entries.keys()].filter((name) => name !== manifestName);
    if (names.length !== about.entries.length || names.some((name) => !listed.has(name)))
      throw damaged('it does not hold the entries that its manifest lists');
    const grown = [...this.container.entries.values()].reduce((all, { bytes }) => all + bytes, 0);
    if (grown > limits.unpackedBytes) throw tooLarge('it would unpack to more than 4 GB');
    for (const [name, entry] of this.container.entries) {
      signal?.throwIfAborted();
      if (name === manifestName) continue;
      const { bytes, sha256: expected } = listed.get(name)!;
      if (bytes !== entry.bytes || (await sha256(await this.container.packed(entry))) !== expected)
        throw damaged(`the entry ${name} is not what was saved`);
    }
  }

  async checkDocuments(about: Manifest, { onProgress, signal }: OpenOptions): Promise<readonly KeptDocument[]> {
    const documents: KeptDocument[] = [];
    /** How many files each lies in. */
    const depths = new Map<string, number>();
    const used = new Set([mimetypeName, turnsName, ...(about.version > 1 ? [questionsName] : [])]);
    let passages = 0;
    for (let place = 1; place <= about.documents; place++) {
      signal?.throwIfAborted();
      onProgress?.(place - 1, about.documents);
      const names = entryNames(place);
      const records = await this.document(place);
      const { document } = records;
      const { path, outer, state } = document;
      const fault = documentFault(records, about) || (depths.has(path) ? 'bears the path of another one' : '');
      if (fault) throw damaged(`the document in ${names.document} ${fault}`);
      // What a file holds stands after the file, and so nothing is inside itself.
      const depth = outer === null ? 0 : (depths.get(outer) ?? Infinity) + 1;
      if (depth === Infinity) throw damaged(`what “${path}” came in does not stand before it`);
      if (depth > mostLevels) throw damaged(`“${path}” lies in more files than Carrel opens`);
      depths.set(path, depth);
      documents.push(document);
      for (const name of Object.values(names)) used.add(name);
      if (state.state === 'read') passages += state.passages;
    }
    const odd = [...this.container.entries.keys()].find((name) => name !== manifestName && !used.has(name));
    if (odd !== undefined) throw damaged(`it holds ${odd}, which is no entry of a collection`);
    const type = await this.text(mimetypeName);
    if (type !== mediaType || passages !== about.passages) throw damaged('its manifest does not fit what it holds');
    return documents;
  }

  async turns(about: Manifest): Promise<readonly Turn[]> {
    const parsed = v.safeParse(v.array(carriedTurn), await this.json(turnsName));
    if (!parsed.success) throw damaged(`${turnsName} is not what Carrel writes (${placeOf(parsed.issues)})`);
    const turns: readonly Turn[] = parsed.output;
    if (turns.length !== about.turns) throw damaged('its manifest does not fit what it holds');
    const fault = turns.map(turnFault).find((one) => one !== '');
    if (fault !== undefined) throw damaged(`an answer in ${turnsName} ${fault}`);
    return renumbered(turns);
  }

  async questions({ version, questions: counted }: Manifest): Promise<readonly Question[]> {
    if (version === 1) return [];
    const text = await this.text(questionsName);
    let questions: readonly Question[];
    try {
      questions = parseQuestions(text, questionsName, null);
    } catch (error) {
      throw damaged(`${questionsName} is not what Carrel writes`, error);
    }
    if (questions.length !== counted) throw damaged('its manifest does not fit what it holds');
    return questions;
  }

  /** @param place from 1 */
  document(place: number): Promise<DocumentRecords> {
    if (this.last?.place !== place) this.last = { place, records: this.read(place) };
    return this.last.records;
  }

  private async read(place: number): Promise<DocumentRecords> {
    const names = entryNames(place);
    const parsed = v.safeParse(carriedDocument, await this.json(names.document));
    if (!parsed.success) throw damaged(`${names.document} is not what Carrel writes (${placeOf(parsed.issues)})`);
    const { read, ...about } = parsed.output;
    const fault = contentFault(parsed.output);
    if (fault) throw damaged(`the document in ${names.document} ${fault}`);
    const key = { collection: '', path: about.path, version: '' };
    const original = this.container.entries.get(names.original);
    const values = read?.ids ? await this.floats(names.vectors) : null;
    return {
      document: { ...about, ...key, added: place },
      original: original && { ...key, blob: await this.container.packed(stored(original)) },
      text: read ? { ...key, document: read.document, passages: read.passages } : undefined,
      vectors: values && read?.ids ? { ...key, ids: read.ids, values } : undefined,
    };
  }

  private async floats(name: string): Promise<Float32Array> {
    const entry = this.entry(name);
    if (entry.bytes % 4 !== 0) throw damaged(`${name} does not hold whole vectors`);
    return bytesToFloats(await unpacked(await this.container.packed(stored(entry)), entry));
  }

  private async json(name: string): Promise<unknown> {
    const text = await this.text(name);
    try {
      return JSON.parse(text);
    } catch (error) {
      throw damaged(`${name} is no JSON`, error);
    }
  }

  private async text(name: string): Promise<string> {
    const entry = this.entry(name);
    if (entry.bytes > limits.entryBytes) throw tooLarge(`${name} would unpack to more than 128 MB`);
    const bytes = await unpacked(await this.container.packed(entry), entry);
    try {
      return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    } catch (error) {
      throw damaged(`${name} is no text in UTF-8`, error);
    }
  }

  private entry(name: string): ZipEntry {
    const entry = this.container.entries.get(name);
    if (!entry) throw damaged(`the entry ${name} is missing`);
    return entry;
  }
}

/** Only text is compressed: what is large and given as it lies cannot grow. */
function stored(entry: ZipEntry): ZipEntry {
  if (entry.method !== 0 || entry.bytes !== entry.packed) throw damaged(`the entry ${entry.name} is packed otherwise`);
  return entry;
}

function documentFault(records: DocumentRecords, { originals }: Manifest): string {
  const { document, vectors } = records;
  const { state } = document;
  if (records.original && (!originals || originalFault(records) !== '')) return 'has another original than it says';
  if (state.state !== 'read') return '';
  if ((state.stamp === null) !== (vectors === undefined)) return 'has no vectors, and a stamp of them';
  const fault = textFault(records) || vectorsFault(records);
  return fault && `was refused: ${fault}`;
}
