/** The vectors of a lesson's texts: those computed beforehand until the embedder is here, then its own. */
import type { Practice } from '../../library/practice.ts';
import { sentenceOf } from '../../library/sentence.ts';
import { defaultSettings } from '../../library/settings.ts';
import type { LibraryApi } from '../../library/state.ts';
import { keyOf, vectorsOf, type TextToEmbed, type VectorsFile } from '../../lessons/vectors.ts';

export class LiveVectors {
  /** By `keyOf`; all of the lesson's texts, or none yet. */
  known = $state.raw<ReadonlyMap<string, Float32Array>>(new Map());
  /** Where they come from. */
  from = $state.raw<'nowhere' | 'beforehand' | 'embedder'>('nowhere');
  /** How those computed beforehand were made. */
  made = $state.raw('');
  /** Id of the model that made them. */
  embedder = $state.raw('');
  problem = $state.raw('');
  private practice: Practice | null = null;
  private closed = false;

  constructor(
    private readonly library: LibraryApi,
    private readonly texts: readonly TextToEmbed[],
  ) {
    void this.beforehand();
    this.begin().catch((error: unknown) => (this.problem = sentenceOf(error)));
  }

  get(kind: TextToEmbed['kind'], text: string): Float32Array | undefined {
    return this.known.get(keyOf({ kind, text }));
  }

  /** Makes the vector of a question of the person's. @throws Error with a sentence */
  async ask(text: string): Promise<void> {
    if (!this.practice || this.get('question', text)) return;
    const vector = await this.practice.question(text);
    this.known = new Map([...this.known, [keyOf({ kind: 'question', text }), vector]]);
  }

  close(): void {
    this.closed = true;
    this.practice?.close();
  }

  private async beforehand(): Promise<void> {
    const file: VectorsFile = (await import('../../lessons/vectors.json')).default as VectorsFile;
    const known = vectorsOf(file);
    if (this.from !== 'nowhere' || !this.texts.every((text) => known.has(keyOf(text)))) return;
    this.known = known;
    this.made = file.made;
    this.embedder = file.stamp.model;
    this.from = 'beforehand';
  }

  private async begin(): Promise<void> {
    const practice = await this.library.practise(defaultSettings);
    if (this.closed) return practice.close();
    if (!practice.stamp)
      throw new Error('The embedding model cannot be had, so only what was computed beforehand is shown.');
    const made = await Promise.all(
      this.texts.map(async (one) => {
        const vector = one.kind === 'passage' ? await practice.passage(one.text) : await practice.question(one.text);
        return [keyOf(one), vector] as const;
      }),
    );
    this.known = new Map(made);
    this.embedder = practice.stamp.model;
    this.practice = practice;
    this.from = 'embedder';
  }
}
