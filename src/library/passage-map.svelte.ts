/** All passages of the desk in a plane, with their true neighbours, and a question among them. */
import { cosinesWith, largestFirst, type Nearest } from '../lab/nearest.ts';
import { project, type PrincipalPlane } from '../lab/principal-components.ts';
import { amongNeighbours } from '../lab/among-neighbours.ts';
import { sameStamp, type EmbeddingStamp } from '../pipeline/embed/stamp.ts';
import { WorkerBridge } from '../workers/bridge.ts';
import type { MapProgress, MapReply, MapRequest } from '../workers/map.ts';
import mapUrl from '../workers/map.ts?worker&url';
import { startWorker } from '../workers/start.ts';
import {
  leastPassages,
  shownNeighbours,
  type DrawnMap,
  type MapApi,
  type MapMethod,
  type MapPoint,
  type MapQuestion,
  type MapWork,
} from './map-state.ts';
import { sentenceOf } from './sentence.ts';
import type { Shelf } from './shelf.ts';
import type { Entry } from './state.ts';
import { after, isHere } from './waiting.ts';

/** As many as UMAP holds together, and more than are shown. */
const COUNTED_NEIGHBOURS = 14;

/** The part of a shelf that a map is drawn from. */
export type MapShelf = Pick<Shelf, 'embedder' | 'embedders' | 'vectors' | 'during'>;

export interface MapDesk {
  entries(): readonly Entry[];
  shelf(): MapShelf;
}

/** The worker's door; tests give their own. */
export type MapDoor = Pick<WorkerBridge<MapRequest, MapReply, MapProgress>, 'call'>;

/** The desk's vectors as they were when they were collected, and what has been made of them so far. */
interface Collected {
  readonly points: readonly MapPoint[];
  readonly vectors: Float32Array;
  readonly stamp: EmbeddingStamp;
  readonly without: number;
  readonly desk: readonly unknown[];
  flat: { readonly plane: PrincipalPlane; readonly places: Float32Array } | null;
  nearest: Nearest | null;
}

export class PassageMap implements MapApi {
  drawn = $state.raw<DrawnMap | null>(null);
  question = $state.raw<MapQuestion | null>(null);
  work = $state.raw<MapWork | null>(null);
  problem = $state.raw('');
  questionProblem = $state.raw('');
  private collected: Collected | null = null;
  /** What the picture was drawn of. */
  private drawnFrom = $state.raw<Collected | null>(null);
  private running: AbortController | null = null;
  private asked: string | null = null;
  /** Of the question that was embedded last. */
  private embedded: { readonly text: string; readonly vector: Float32Array; readonly stamp: EmbeddingStamp } | null =
    null;

  constructor(
    private readonly desk: MapDesk,
    private readonly door: MapDoor = startedDoor(),
  ) {}

  get stale(): boolean {
    return this.drawnFrom !== null && !sameDesk(this.drawnFrom.desk, deskAsItIs(this.desk.entries()));
  }

  async draw(method: MapMethod): Promise<void> {
    this.stop();
    const controller = new AbortController();
    this.running = controller;
    const { signal } = controller;
    this.problem = '';
    this.work = { stage: 'vectors', done: 0, total: 0 };
    try {
      const collected = await this.collect(signal);
      const { places: flat } = await this.flatten(collected, signal);
      // The plain picture is there at once, and its neighbours are counted while one looks at it.
      signal.throwIfAborted();
      if (method.by === 'pca') await this.show(collected, method, flat);
      const nearest = await this.nearestOf(collected, signal);
      const places = method.by === 'pca' ? flat : await this.umap(nearest, flat, method.seed, signal);
      if (method.by === 'umap') await this.show(collected, method, places);
      this.work = { stage: 'agreement', done: 0, total: 0 };
      const counted = await this.door.call({ type: 'agreement', nearest, places, k: shownNeighbours }, { signal });
      if (counted.type !== 'agreement') throw new Error('The neighbours could not be counted.');
      this.drawn = { ...this.drawn!, nearest, agreement: counted.agreement };
    } catch (error) {
      if (!signal.aborted) this.problem = sentenceOf(error);
    } finally {
      if (this.running === controller) {
        this.running = null;
        this.work = null;
      }
    }
  }

  stop(): void {
    this.running?.abort(new Error('Stopped.'));
    this.running = null;
    this.work = null;
  }

  async ask(question: string | null): Promise<void> {
    this.asked = question;
    await this.place();
  }

  private async collect(signal: AbortSignal): Promise<Collected> {
    const entries = this.desk.entries();
    const desk = deskAsItIs(entries);
    if (this.collected && sameDesk(this.collected.desk, desk)) return this.collected;
    const shelf = this.desk.shelf();
    this.collected = await shelf.during(() => collect(entries, desk, shelf, signal));
    return this.collected;
  }

  private async flatten(collected: Collected, signal: AbortSignal): Promise<NonNullable<Collected['flat']>> {
    if (collected.flat) return collected.flat;
    const { vectors, stamp } = collected;
    // A copy that is handed over holds the page's thread for a tenth of the time that a message's own copy takes.
    const given = vectors.slice();
    const request = { type: 'principal', vectors: given, dimensions: stamp.dimensions } as const;
    const reply = await this.door.call(request, {
      signal,
      transfer: [given.buffer],
      onProgress: this.telling('principal'),
    });
    if (reply.type !== 'principal') throw new Error('The map’s worker gave no plane.');
    return (collected.flat = reply);
  }

  private async nearestOf(collected: Collected, signal: AbortSignal): Promise<Nearest> {
    if (collected.nearest) return collected.nearest;
    const { vectors, stamp } = collected;
    const given = vectors.slice();
    const request = {
      type: 'nearest',
      vectors: given,
      dimensions: stamp.dimensions,
      most: COUNTED_NEIGHBOURS,
    } as const;
    const reply = await this.door.call(request, {
      signal,
      transfer: [given.buffer],
      onProgress: this.telling('nearest'),
    });
    if (reply.type !== 'nearest') throw new Error('The map’s worker gave no neighbours.');
    return (collected.nearest = reply.nearest);
  }

  private async umap(nearest: Nearest, start: Float32Array, seed: number, signal: AbortSignal): Promise<Float32Array> {
    const onProgress = this.telling('umap');
    const reply = await this.door.call({ type: 'umap', nearest, start, seed }, { signal, onProgress });
    if (reply.type !== 'umap') throw new Error('The map’s worker gave no places.');
    return reply.places;
  }

  private telling(stage: MapWork['stage']): (progress: MapProgress) => void {
    this.work = { stage, done: 0, total: 0 };
    return (progress) => (this.work = { stage, ...progress });
  }

  private async show(collected: Collected, method: MapMethod, places: Float32Array): Promise<void> {
    const { points, without, stamp, flat } = collected;
    this.question = null;
    this.drawnFrom = collected;
    this.drawn = {
      ...{ points, method, places, without, shares: flat!.plane.shares, nearest: null, agreement: null },
      ...{ embedder: stamp.model, dimensions: stamp.dimensions },
    };
    // Not in one stretch with drawing it: the page's thread is not to be held.
    await after(0, null);
    await this.place();
  }

  /** The question where it belongs on the map that is shown. */
  private async place(): Promise<void> {
    const { asked: text, drawn, drawnFrom } = this;
    this.questionProblem = '';
    if (text === null || !drawn || !drawnFrom?.flat) {
      this.question = null;
      return;
    }
    try {
      const vector = await this.vectorOf(text, drawnFrom.stamp);
      // Another question, or another map, may have come meanwhile; each is placed by its own call.
      if (this.asked !== text || this.drawn?.places !== drawn.places) return;
      const cosines = cosinesWith(vector, drawnFrom.vectors);
      const order = largestFirst(cosines);
      const [x, y] =
        drawn.method.by === 'pca'
          ? project(vector, drawnFrom.flat.plane)
          : amongNeighbours(drawn.places, order.subarray(0, shownNeighbours), cosines);
      this.question = { text, place: [x!, y!], cosines, order };
    } catch (error) {
      if (this.asked !== text) return;
      this.question = null;
      this.questionProblem = sentenceOf(error);
    }
  }

  private async vectorOf(text: string, stamp: EmbeddingStamp): Promise<Float32Array> {
    if (this.embedded?.text === text && sameStamp(this.embedded.stamp, stamp)) return this.embedded.vector;
    const shelf = this.desk.shelf();
    if (!(await isHere(shelf.embedder)))
      throw new Error('The embedder is not here, so the question has no place on the map.');
    const other = 'The map was drawn with another embedder, so the question has no place on it. Draw it again.';
    if (!sameStamp((await shelf.embedder).stamp, stamp)) throw new Error(other);
    const { vector } = await shelf.during(() => shelf.embedders.question(text));
    this.embedded = { text, vector, stamp };
    return vector;
  }
}

/** @throws Error with a sentence where there are too few vectors */
async function collect(
  entries: readonly Entry[],
  desk: readonly unknown[],
  shelf: MapShelf,
  signal: AbortSignal,
): Promise<Collected> {
  const points: MapPoint[] = [];
  const found: Float32Array[] = [];
  let stamp: EmbeddingStamp | null = null;
  let without = 0;
  for (const { path, passages } of entries) {
    if (passages.length === 0) continue;
    const held = await shelf.vectors(path);
    signal.throwIfAborted();
    const rows = new Map(held?.ids.map((id, row) => [id, row]));
    for (const passage of passages) {
      const row = rows.get(passage.id);
      if (!held || row === undefined) {
        without++;
        continue;
      }
      stamp = held.stamp;
      points.push({ path, passage });
      found.push(held.values.subarray(row * stamp.dimensions, (row + 1) * stamp.dimensions));
    }
  }
  if (!stamp || points.length < leastPassages) throw new Error(await tooFew(points.length, without, shelf));
  const vectors = new Float32Array(points.length * stamp.dimensions);
  for (const [i, vector] of found.entries()) vectors.set(vector, i * stamp.dimensions);
  return { points, vectors, stamp, without, desk, flat: null, nearest: null };
}

async function tooFew(points: number, without: number, shelf: MapShelf): Promise<string> {
  if (points === 0 && without === 0) return 'There are no passages yet. Add documents, and draw the map then.';
  if (without > 0 && !(await isHere(shelf.embedder)))
    return 'The embedder is not here, so the passages have no vectors and no place on a map. They are still found by their words.';
  const those = points === 1 ? 'one' : points === 0 ? 'none' : String(points);
  return `A map needs at least ${leastPassages} passages with vectors, and so far there ${points < 2 ? 'is' : 'are'} ${those}. Add documents, or wait until they are embedded, and draw it then.`;
}

/** What a map depends on. */
function deskAsItIs(entries: readonly Entry[]): readonly unknown[] {
  return entries.flatMap(({ path, passages, status }) => (passages.length > 0 ? [path, passages, status.state] : []));
}

function sameDesk(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((one, i) => one === b[i]);
}

function startedDoor(): MapDoor {
  return new WorkerBridge<MapRequest, MapReply, MapProgress>({
    name: 'map’s worker',
    start: () => startWorker(mapUrl, 'map'),
    idleMilliseconds: 30_000,
    // It computes without a pause and hears nothing meanwhile.
    graceMilliseconds: 0,
  });
}
