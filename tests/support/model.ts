import type { Model } from '../../src/pipeline/pipeline.ts';

/** A model that puts so many passages into its prompt; what it writes is the test's. */
export function modelReading(passages: number, generate: Model['generate']): Model {
  return {
    prompt: (_, question) =>
      Promise.resolve({
        text: question,
        pieces: { system: [1], passages: [[2]], question: [] },
        ...{ passages, passageLeftOut: 0, questionLeftOut: 0 },
      }),
    readAhead: () => Promise.resolve(),
    generate,
  };
}
