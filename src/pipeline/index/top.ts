import type { Scored } from './interface.ts';

/** Best first; equal scores by key, so that no order of insertion shows. */
export function byScoreThenKey(a: Scored, b: Scored): number {
  return b.score - a.score || a.key - b.key;
}

/** Keeps the best `k` of all that is offered, in a binary heap whose root is the worst one kept. */
export class TopHits {
  readonly #heap: Scored[] = [];
  readonly #limit: number;

  constructor(k: number) {
    this.#limit = Math.max(0, Math.floor(k));
  }

  offer(key: number, score: number): void {
    const heap = this.#heap;
    if (heap.length < this.#limit) {
      heap.push({ key, score });
      this.#rise(heap.length - 1);
      return;
    }
    const worst = heap[0];
    if (!worst || score < worst.score || (score === worst.score && key > worst.key)) return;
    heap[0] = { key, score };
    this.#sink();
  }

  /** Best first. */
  sorted(): Scored[] {
    return [...this.#heap].sort(byScoreThenKey);
  }

  #rise(from: number): void {
    const heap = this.#heap;
    const item = heap[from]!;
    let at = from;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (byScoreThenKey(heap[parent]!, item) >= 0) break;
      heap[at] = heap[parent]!;
      at = parent;
    }
    heap[at] = item;
  }

  #sink(): void {
    const heap = this.#heap;
    const item = heap[0]!;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && byScoreThenKey(heap[child + 1]!, heap[child]!) > 0) child++;
      if (byScoreThenKey(heap[child]!, item) <= 0) break;
      heap[at] = heap[child]!;
      at = child;
    }
    heap[at] = item;
  }
}

/** The k-th largest of the first `count` scores; the smallest if there are fewer, -Infinity if none or `k` < 1. */
export function kthLargest(scores: Float32Array, count: number, k: number): number {
  const limit = Math.min(Math.floor(k), count);
  if (limit < 1) return -Infinity;
  const heap = scores.slice(0, limit).sort();
  for (let i = limit; i < count; i++) {
    const score = scores[i]!;
    if (score <= heap[0]!) continue;
    let at = 0;
    for (let child = 1; child < limit; child = 2 * at + 1) {
      if (child + 1 < limit && heap[child + 1]! < heap[child]!) child++;
      if (heap[child]! >= score) break;
      heap[at] = heap[child]!;
      at = child;
    }
    heap[at] = score;
  }
  return heap[0]!;
}
