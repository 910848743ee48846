/** Made-up vectors, texts and questions for bench/search. */

export const DIMENSIONS = 384;

/** Pseudorandom numbers in [0, 1): xorshift32 (Marsaglia 2003). */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

/** Adds a direction of length about `length`, its values nearly normal. */
function stir(vector: Float32Array, length: number, random: () => number): void {
  // The sum of three has deviation 1/2.
  const step = (2 * length) / Math.sqrt(DIMENSIONS);
  for (let i = 0; i < DIMENSIONS; i++) vector[i]! += step * (random() + random() + random() - 1.5);
}

function normalise(vector: Float32Array): Float32Array {
  let squares = 0;
  for (const value of vector) squares += value * value;
  const length = Math.sqrt(squares);
  for (let i = 0; i < DIMENSIONS; i++) vector[i]! /= length;
  return vector;
}

/**
 * Vectors that lie together as those of passages do: ten to a place, twenty places to a subject, each passage drawn
 * more or less to both. Without such a structure approximate indexes fail altogether: the comparison would not be fair.
 */
export class Vectors {
  readonly rows: Float32Array;
  private readonly random: () => number;

  constructor(readonly size: number) {
    this.random = randomFrom(size);
    this.rows = new Float32Array(size * DIMENSIONS);
    let subject = new Float32Array(DIMENSIONS);
    let place = new Float32Array(DIMENSIONS);
    for (let i = 0; i < size; i++) {
      if (i % 200 === 0) stir((subject = new Float32Array(DIMENSIONS)), 1, this.random);
      if (i % 10 === 0) stir((place = new Float32Array(DIMENSIONS)), 1, this.random);
      const toSubject = 0.2 + 0.6 * this.random();
      const toPlace = 0.1 + 0.6 * this.random();
      const row = subject.map((value, axis) => toSubject * value + toPlace * place[axis]!);
      stir(row, 0.7, this.random);
      this.rows.set(normalise(row), i * DIMENSIONS);
    }
  }

  row(i: number): Float32Array {
    return this.rows.subarray(i * DIMENSIONS, (i + 1) * DIMENSIONS);
  }

  /** Somewhat near to some passage, as a question is. */
  query(): Float32Array {
    const query = this.row(Math.floor(this.random() * this.size)).slice();
    stir(query, 1, this.random);
    return normalise(query);
  }
}

const PASSAGE_WORDS = 90;
const COMMON = 'the of and to in a is that for it as was with be by on not he his but at are this have from or'.split(
  ' ',
);

/** Words as frequent as in a language: the n-th commonest about 1/n of the time (Zipf), of 30,000. */
function randomWord(random: () => number): string {
  const place = Math.floor(30_000 ** random()) - 1;
  return COMMON[place] ?? `word${place.toString(36)}`;
}

export function randomText(random: () => number): string {
  return Array.from({ length: PASSAGE_WORDS }, () => randomWord(random)).join(' ');
}

/** A question: some words that only ask, a few of the matter. */
export function randomQuestion(random: () => number): string {
  const matter = Array.from({ length: 5 }, () => `word${Math.floor(30 * 1000 ** random()).toString(36)}`);
  return `What is the ${matter.join(' of the ')}?`;
}
