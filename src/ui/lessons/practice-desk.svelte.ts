/** The small desk of a lesson: one document, which is edited, and what has been asked of it. */
import type { Practice } from '../../library/practice.ts';
import { sentenceOf } from '../../library/sentence.ts';
import type { LibraryApi } from '../../library/state.ts';
import type { Answer, Stage } from '../../pipeline/answer.ts';
import type { ChunkSettings } from '../../pipeline/chunk/chunk.ts';
import { stageText } from '../wording.ts';

/** Shorter than on the person's desk, so that a small document has several passages. */
const cut: ChunkSettings = { strategy: 'structure', passageTokens: 80, overlapTokens: 0 };

const path = 'lesson.md';
const secondPath = 'second.md';

export interface PracticeTurn {
  readonly id: number;
  readonly question: string;
  /** As it then was. */
  readonly document: string;
  readonly answer: Answer;
  readonly passages: number;
  /** So many of them had to be embedded. */
  readonly embedded: number;
}

export class PracticeDesk {
  /** Oldest first. */
  turns = $state.raw<readonly PracticeTurn[]>([]);
  /** What is being done; '' where nothing is. */
  doing = $state.raw('');
  streamed = $state.raw('');
  problem = $state.raw('');
  /** The embedder is here, or cannot be had. */
  ready = $state.raw(false);
  private readonly opened: Promise<Practice>;
  private asking: AbortController | null = null;
  private closed = false;

  constructor(library: LibraryApi) {
    this.opened = library.practise(cut);
    this.opened.then(
      (practice) => (this.closed ? practice.close() : (this.ready = true)),
      (error: unknown) => (this.problem = sentenceOf(error)),
    );
  }

  /** @param second another document that stands beside it; '' for none */
  async ask(question: string, document: string, second = ''): Promise<void> {
    if (this.asking || !question.trim()) return;
    const controller = new AbortController();
    const { signal } = controller;
    this.asking = controller;
    this.problem = '';
    this.streamed = '';
    this.doing = 'Reading the document';
    try {
      if (!document.trim())
        throw new Error('The document is empty, so there is nothing to ask. Write something into it.');
      const practice = await this.opened;
      const put = await practice.put(path, document, signal);
      if (second.trim()) await practice.put(secondPath, second, signal);
      else await practice.take(secondPath);
      const answer = await practice.ask(question.trim(), signal, {
        onStage: (stage: Stage) => (this.doing = stageText[stage]),
        onText: (piece) => (this.streamed += piece),
      });
      this.turns = [...this.turns, { id: this.turns.length, question: question.trim(), document, answer, ...put }];
    } catch (error) {
      this.problem = signal.aborted ? 'Stopped. Ask again when you like.' : sentenceOf(error);
    } finally {
      this.asking = null;
      this.doing = '';
    }
  }

  stop(): void {
    this.asking?.abort(new Error('Stopped.'));
  }

  close(): void {
    this.stop();
    this.closed = true;
    if (this.ready) void this.opened.then((practice) => practice.close());
  }
}
