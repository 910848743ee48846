/** Token ids and scores as transformers.js's tensors. */
import { Tensor } from '@xenova/transformers';

/** [1, ids] */
export function idRow(ids: readonly number[]): Tensor {
  return new Tensor('int64', BigInt64Array.from(ids, BigInt), [1, ids.length]);
}

/** Of [1, tokens, vocabulary] those of the last token. */
export function lastScores({ data, dims }: Tensor): Float32Array {
  return (data as Float32Array).subarray(-dims[2]!);
}
