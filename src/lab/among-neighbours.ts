/** A place in a picture for what the picture was not made of. */

/**
 * Where something stands that was not laid out: the mean of its nearest neighbours' places, by their cosines.
 * @param cosines of each point
 * @param ids its nearest
 */
export function amongNeighbours(places: Float32Array, ids: ArrayLike<number>, cosines: Float32Array): [number, number] {
  let [x, y, sum] = [0, 0, 0];
  for (const id of Array.from(ids)) {
    // All may be against it; then each counts alike.
    const weight = Math.max(1e-6, cosines[id]!);
    x += weight * places[2 * id]!;
    y += weight * places[2 * id + 1]!;
    sum += weight;
  }
  return sum > 0 ? [x / sum, y / sum] : [0, 0];
}
