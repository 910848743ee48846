/** Door to the arithmetic of a map: vectors in, places and neighbours out. It holds nothing between two requests. */
import { nearestOfAll, type Nearest } from '../lab/nearest.ts';
import { neighbourAgreement, type Agreement } from '../lab/neighbour-agreement.ts';
import { principalPlane, project, type PrincipalPlane } from '../lab/principal-components.ts';
import { serve } from './serve.ts';

/** L2-normalised, one after the other. */
interface Vectors {
  readonly vectors: Float32Array;
  readonly dimensions: number;
}

export type MapRequest =
  | ({ readonly type: 'principal' } & Vectors)
  | ({ readonly type: 'nearest'; readonly most: number } & Vectors)
  /** `start`: x and y of each point in turn. */
  | { readonly type: 'umap'; readonly nearest: Nearest; readonly start: Float32Array; readonly seed: number }
  | { readonly type: 'agreement'; readonly nearest: Nearest; readonly places: Float32Array; readonly k: number };

export type MapReply =
  /** With where the vectors stand in the plane. */
  | { readonly type: 'principal'; readonly plane: PrincipalPlane; readonly places: Float32Array }
  | { readonly type: 'nearest'; readonly nearest: Nearest }
  | { readonly type: 'umap'; readonly places: Float32Array }
  | { readonly type: 'agreement'; readonly agreement: Agreement };

export interface MapProgress {
  readonly done: number;
  readonly total: number;
}

/** Between two words of progress. */
const MILLISECONDS = 100;

serve<MapRequest, MapReply, MapProgress>(async (request, progress) => {
  let told = performance.now();
  const tell = (done: number, total: number) => {
    if (performance.now() - told < MILLISECONDS) return;
    told = performance.now();
    progress({ done, total });
  };
  return { reply: await answer(request, tell) };
});

async function answer(request: MapRequest, tell: (done: number, total: number) => void): Promise<MapReply> {
  switch (request.type) {
    case 'principal': {
      const { vectors, dimensions } = request;
      const total = vectors.length / dimensions;
      const plane = principalPlane(vectors, dimensions, (done) => tell(done, total));
      return { type: 'principal', plane, places: project(vectors, plane) };
    }
    case 'nearest': {
      const { vectors, dimensions, most } = request;
      const total = vectors.length / dimensions;
      return { type: 'nearest', nearest: nearestOfAll(vectors, dimensions, most, (done) => tell(done, total)) };
    }
    case 'umap': {
      // The library comes when it is asked for.
      const { umapLayout } = await import('../lab/umap-layout.ts');
      return { type: 'umap', places: umapLayout(request.nearest, request.start, request.seed, tell) };
    }
    case 'agreement':
      return { type: 'agreement', agreement: neighbourAgreement(request.nearest, request.places, request.k) };
  }
}
