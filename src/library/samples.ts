/** The sample collection that the page ships. */
import type { Incoming } from './state.ts';

export interface Samples {
  readonly files: readonly Incoming[];
  readonly questions: readonly string[];
}

/** @throws Error with a sentence when a file of it cannot be had. */
export async function readSamples(): Promise<Samples> {
  const base = new URL('samples/', document.baseURI);
  const list = (await (await get('samples.json', base)).json()) as {
    documents: { path: string }[];
    questions: string[];
  };
  const files = await Promise.all(
    list.documents.map(async ({ path }) => {
      const blob = await (await get(path, base)).blob();
      return { path, file: new File([blob], path) };
    }),
  );
  return { files, questions: list.questions };
}

async function get(path: string, base: URL): Promise<Response> {
  const response = await fetch(new URL(path, base)).catch(() => null);
  if (!response?.ok)
    throw new Error(`The sample document “${path}” could not be loaded. Your own documents work all the same.`);
  return response;
}
