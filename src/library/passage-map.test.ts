import { describe, expect, it } from 'vitest';
import { nearestOfAll } from '../lab/nearest.ts';
import { neighbourAgreement } from '../lab/neighbour-agreement.ts';
import { principalPlane, project } from '../lab/principal-components.ts';
import { normalised } from '../../tests/support/vectors.ts';
import type { Passage } from '../pipeline/document.ts';
import type { StampedVectors } from '../pipeline/embed/stamp.ts';
import type { MapReply, MapRequest } from '../workers/map.ts';
import { stamp } from './kept/fake-desk.ts';
import { PassageMap, type MapDoor, type MapShelf } from './passage-map.svelte.ts';
import type { Entry } from './state.ts';

const { dimensions } = stamp;
const vectorOf = (n: number) => normalised(Array.from({ length: dimensions }, (_, d) => Math.sin(n * (d + 1)) + 0.01));

function entry(path: string, ...ids: readonly number[]): Entry {
  const passages = ids.map((id) => ({ id: String(id), path, text: `passage ${id}` }) as Passage);
  return { path, passages, status: { state: 'ready', passages: ids.length } } as unknown as Entry;
}

/** A desk whose passages have the vectors of their ids, but for those in `lacking`. */
function desk(
  entries: readonly Entry[],
  { lacking = [] as readonly number[], embedder = Promise.resolve({ stamp }) as Promise<unknown> } = {},
) {
  const asked: string[] = [];
  const given = { entries, stamp };
  const shelf = {
    embedder,
    embedders: { question: (text: string) => (asked.push(text), Promise.resolve({ vector: vectorOf(7), leftOut: 0 })) },
    during: (work: () => Promise<unknown>) => work(),
    vectors: (path: string): Promise<StampedVectors | null> => {
      const ids = given.entries
        .find((one) => one.path === path)!
        .passages.map(({ id }) => id)
        .filter((id) => !lacking.includes(Number(id)));
      if (ids.length === 0) return Promise.resolve(null);
      const values = Float32Array.from(ids.flatMap((id) => [...vectorOf(Number(id))]));
      return Promise.resolve({ ids, values, stamp: given.stamp });
    },
  };
  return { asked, given, entries: () => given.entries, shelf: () => shelf as unknown as MapShelf };
}

/** As the worker does it, but for UMAP, which gives a picture of its own. */
function door() {
  const done: string[] = [];
  const call = (request: MapRequest, options?: { readonly signal?: AbortSignal }): Promise<MapReply> => {
    done.push(request.type);
    if (options?.signal?.aborted) return Promise.reject(options.signal.reason as Error);
    switch (request.type) {
      case 'principal': {
        const plane = principalPlane(request.vectors, request.dimensions);
        return Promise.resolve({ type: 'principal', plane, places: project(request.vectors, plane) });
      }
      case 'nearest':
        return Promise.resolve({
          type: 'nearest',
          nearest: nearestOfAll(request.vectors, request.dimensions, request.most),
        });
      case 'umap':
        return Promise.resolve({ type: 'umap', places: request.start.map((value) => 3 * value + request.seed) });
      case 'agreement':
        return Promise.resolve({
          type: 'agreement',
          agreement: neighbourAgreement(request.nearest, request.places, request.k),
        });
    }
  };
  return { done, call: call as MapDoor['call'] };
}

const two = () => [entry('a.txt', 1, 2, 3), entry('b.txt', 4, 5, 6, 7, 8)];

describe('the map of the passages', () => {
  it('shows all that have vectors, counts the others, and what was computed once serves both methods', async () => {
    const given = door();
    const map = new PassageMap(desk(two(), { lacking: [2] }), given);
    await map.draw({ by: 'pca' });
    expect(map.problem).toBe('');
    expect(map.drawn).toMatchObject({ without: 1, embedder: stamp.model, dimensions });
    expect(map.drawn!.points.map(({ path, passage }) => path + passage.id)).toEqual([
      'a.txt1',
      'a.txt3',
      'b.txt4',
      'b.txt5',
      'b.txt6',
      'b.txt7',
      'b.txt8',
    ]);
    expect(map.drawn!.places).toHaveLength(14);
    expect(map.drawn!.agreement!.k).toBe(5);
    const flat = map.drawn!.places;
    await map.draw({ by: 'umap', seed: 1 });
    expect(map.drawn!.places).toEqual(flat.map((value) => 3 * value + 1));
    expect(given.done).toEqual(['principal', 'nearest', 'agreement', 'umap', 'agreement']);
    expect(map.work).toBeNull();
  });

  it('puts the question where the plane has it, with its cosines in order, and embeds it once', async () => {
    const one = desk(two());
    const map = new PassageMap(one, door());
    await map.ask('How much?');
    expect(map.question).toBeNull();
    await map.draw({ by: 'pca' });
    // Its vector is that of passage 7, the seventh of all.
    expect(map.question!.order[0]).toBe(6);
    expect(map.question!.cosines[6]).toBeCloseTo(1, 6);
    expect([...map.question!.place]).toEqual([...map.drawn!.places.subarray(12, 14)]);
    await map.draw({ by: 'umap', seed: 1 });
    expect(map.question!.text).toBe('How much?');
    expect(one.asked).toEqual(['How much?']);
    await map.ask(null);
    expect(map.question).toBeNull();
  });

  it('is told to be stale when documents come, and is drawn of the new ones then', async () => {
    const one = desk(two());
    const map = new PassageMap(one, door());
    await map.draw({ by: 'pca' });
    expect(map.stale).toBe(false);
    one.given.entries = [...one.given.entries, entry('c.txt', 9)];
    expect(map.stale).toBe(true);
    expect(map.drawn!.points).toHaveLength(8);
    await map.draw({ by: 'pca' });
    expect([map.stale, map.drawn!.points.length]).toEqual([false, 9]);
  });

  it('says in a sentence why there is none', async () => {
    const said = async (...given: Parameters<typeof desk>) => {
      const map = new PassageMap(desk(...given), door());
      await map.draw({ by: 'pca' });
      expect(map.drawn).toBeNull();
      return map.problem;
    };
    expect(await said([])).toContain('no passages yet');
    expect(await said([entry('a.txt', 1, 2)])).toContain('at least 3 passages');
    const missing = Promise.reject(new Error('It is not on the server.'));
    expect(await said([entry('a.txt', 1, 2)], { lacking: [1, 2], embedder: missing })).toContain(
      'embedder is not here',
    );
  });

  it('leaves the question out, and says so, where the embedder is another one now', async () => {
    const other = { ...stamp, weights: 'other' };
    const map = new PassageMap(desk(two(), { embedder: Promise.resolve({ stamp: other }) }), door());
    await map.ask('How much?');
    await map.draw({ by: 'pca' });
    expect(map.drawn!.points).toHaveLength(8);
    expect(map.question).toBeNull();
    expect(map.questionProblem).toContain('another embedder');
  });

  it('is stopped with what was there before, and without a word of a problem', async () => {
    const waiting = door();
    const map = new PassageMap(desk(two()), waiting);
    await map.draw({ by: 'pca' });
    const { drawn } = map;
    const never: MapDoor['call'] = (_, options) =>
      new Promise((_, reject) =>
        options?.signal?.addEventListener('abort', () => reject(options.signal!.reason as Error)),
      );
    const { call } = waiting;
    waiting.call = (request, options) => (request.type === 'umap' ? never(request, options) : call(request, options));
    const drawing = map.draw({ by: 'umap', seed: 1 });
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(map.work?.stage).toBe('umap');
    map.stop();
    await drawing;
    expect([map.drawn, map.problem, map.work]).toEqual([drawn, '', null]);
  });
});
