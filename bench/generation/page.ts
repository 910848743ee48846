/** What bench/generation.ts asks for, in the browser: the same tokens by two loops in turn, and the memory of many answers. */
import type { KeyValues } from '../../src/pipeline/generate/key-values.ts';
import { LanguageModel } from '../../src/pipeline/generate/language-model.ts';
import { Runtime } from '../../src/pipeline/generate/runtime.ts';
import { plainWriter } from './plain.ts';

/** One way to write; each gives the scores of the token to come. */
export interface Writer {
  begin(prompt: readonly number[]): Promise<Float32Array>;
  next(id: number): Promise<Float32Array>;
  end(): void;
}

export interface Written {
  readonly ids: readonly number[];
  /** Milliseconds until the first token's scores. */
  readonly first: number;
  /** Milliseconds of each token after it. */
  readonly steps: readonly number[];
}

export interface Race {
  readonly plain: Written;
  readonly carrel: Written;
  /** Whether every score of every step was the same to the bit. */
  readonly same: boolean;
}

export interface Bench {
  load(parts: readonly string[], wasmPaths: string, adapterScale: number): Promise<void>;
  /** The two take turns at each token; who is first at the prompt is another with each round. */
  race(prompt: readonly number[], tokens: number, round: number): Promise<Race>;
  /** Bytes of the WASM memory after each answer by Carrel's loop, of so many tokens. */
  memory(prompts: readonly (readonly number[])[], tokens: number): number[];
}

let runtime: Runtime;
let model: LanguageModel;
let scale = 1;
let writers: { plain: Writer; carrel: Writer };

function carrelWriter(): Writer {
  let past: KeyValues | undefined;
  const step = (ids: readonly number[]): Promise<Float32Array> => {
    const { logits, keyValues } = model.read(ids, { adapterScale: scale, ...(past ? { past } : {}) });
    past?.release();
    past = keyValues;
    return Promise.resolve(logits);
  };
  return {
    begin: step,
    next: (id) => step([id]),
    end() {
      past?.release();
      past = undefined;
    },
  };
}

function best(scores: Float32Array): number {
  let top = 0;
  for (let i = 1; i < scores.length; i++) if (scores[i]! > scores[top]!) top = i;
  return top;
}

const bench: Bench = {
  async load(parts, wasmPaths, adapterScale) {
    const blob = new Blob(await Promise.all(parts.map(async (part) => (await fetch(part)).blob())));
    const wasm = await (await fetch(`${wasmPaths}ort-wasm-simd.wasm`)).arrayBuffer();
    scale = adapterScale;
    runtime = await Runtime.start(wasm);
    model = await LanguageModel.open(runtime, blob, { layers: 30, heads: 3, width: 64, ropeTheta: 100_000 });
    writers = { plain: await plainWriter(blob, wasmPaths, adapterScale), carrel: carrelWriter() };
  },

  async race(prompt, tokens, round) {
    const names = ['plain', 'carrel'] as const;
    const done = {
      plain: { ids: [] as number[], first: 0, steps: [] as number[] },
      carrel: { ids: [] as number[], first: 0, steps: [] as number[] },
    };
    let same = true;
    for (let i = 0; i < tokens; i++) {
      let scores: Float32Array | null = null;
      // Whoever went first goes second at the next token.
      for (const name of (i + round) % 2 ? names : [...names].reverse()) {
        const written = done[name];
        const began = performance.now();
        const found = i === 0 ? await writers[name].begin(prompt) : await writers[name].next(written.ids.at(-1)!);
        written.ids.push(best(found));
        const took = performance.now() - began;
        if (i === 0) written.first = took;
        else written.steps.push(took);
        if (scores) same &&= found.every((score, id) => score === scores![id]);
        scores = found;
      }
    }
    for (const name of names) writers[name].end();
    return { ...done, same };
  },

  memory(prompts, tokens) {
    return prompts.map((prompt) => {
      let next = prompt;
      let past: KeyValues | undefined;
      for (let written = 0; written < tokens; written++) {
        const { logits, keyValues } = model.read(next, { adapterScale: scale, ...(past ? { past } : {}) });
        past?.release();
        past = keyValues;
        next = [best(logits)];
      }
      past?.release();
      return runtime.bytes;
    });
  },
};
Object.assign(globalThis, { bench });
