/** From an order to places in it. */

/** Of each point, from 1. @param order points, the first first */
export function ranksOf(order: ArrayLike<number>): Int32Array {
  const ranks = new Int32Array(order.length);
  for (let i = 0; i < order.length; i++) ranks[order[i]!] = i + 1;
  return ranks;
}
