import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { WorkerLike } from '../workers/bridge.ts';
import type { ToWorker } from '../workers/protocol.ts';
import type { ReaderRequest } from '../workers/reader.ts';
import { documentOf, fileOf } from './kept/fake-desk.ts';
import { Reader, type Reading } from './reader.ts';
import { defaultSettings } from './settings.ts';

vi.mock('../workers/reader.ts?worker&url', () => ({ default: 'reader.js' }));

type Played = 'answers' | 'dies' | 'hangs' | 'does not start';

/** A worker that does with the file it is given what the test has laid down for it, worker after worker. */
class PlayedWorker implements WorkerLike {
  static readonly made: PlayedWorker[] = [];
  static plays: Played[] = [];
  ended = false;
  private readonly plays = PlayedWorker.plays.shift() ?? 'answers';
  private readonly heard = new Map<string, ((event: never) => void)[]>();

  constructor() {
    PlayedWorker.made.push(this);
  }

  addEventListener(type: string, listener: (event: never) => void): void {
    this.heard.set(type, [...(this.heard.get(type) ?? []), listener]);
  }

  terminate(): void {
    this.ended = true;
  }

  postMessage(message: unknown): void {
    const asked = message as ToWorker<ReaderRequest>;
    if (asked.type !== 'request') return;
    if (this.plays === 'does not start') return void queueMicrotask(() => this.emit('error', new Event('error')));
    const { id, request } = asked;
    const reply = (document: object | null) =>
      queueMicrotask(() =>
        this.emit('message', {
          data: { type: 'reply', id, reply: { document, passages: [], toEmbed: [], inner: [] } },
        }),
      );
    if (request.type === 'load') return reply(null);
    if (this.plays === 'dies') queueMicrotask(() => this.emit('error', new Event('error')));
    if (this.plays === 'answers') reply(documentOf('a.txt', 'Read.'));
  }

  private emit(type: string, event: object): void {
    if (!this.ended) for (const listener of this.heard.get(type) ?? []) listener(event as never);
  }
}

const reader = () =>
  new Reader({
    counter: () => Promise.resolve(null),
    embedSentences: () => Promise.resolve([]),
    start: () => new PlayedWorker(),
  });

const reading = (more: Partial<Reading> = {}): Reading => ({
  ...{ path: 'a.txt', file: fileOf('a.txt', 'Read.'), help: {}, settings: defaultSettings },
  ...{ signal: new AbortController().signal, onStarted: () => undefined, onRecognised: () => undefined },
  ...more,
});

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('ErrorEvent', class extends Event {});
  vi.stubGlobal('document', { baseURI: 'https://carrel.test/' });
  PlayedWorker.made.length = 0;
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it('reads a file over which its worker died once more, in a new one', async () => {
  PlayedWorker.plays = ['dies'];
  expect((await reader().read(reading())).document.text).toBe('Read.');
  expect(PlayedWorker.made).toHaveLength(2);
});

it('gives a file up that ends two workers, says so, and reads the next', async () => {
  PlayedWorker.plays = ['dies', 'dies'];
  const by = reader();
  await expect(by.read(reading())).rejects.toThrow(
    /^“a.txt” ended the reader twice.* All other documents are untouched/,
  );
  expect((await by.read(reading())).document.text).toBe('Read.');
});

it('ends a worker that hangs when the time is used up, and reads the next file in a new one', async () => {
  PlayedWorker.plays = ['hangs'];
  const by = reader();
  const said = expect(by.read(reading())).rejects.toThrow(/^“a.txt” took too long to read and was stopped/);
  const next = by.read(reading({ path: 'b.txt' }));
  await vi.advanceTimersByTimeAsync(59_000);
  expect(PlayedWorker.made[0]!.ended).toBe(false);
  await vi.advanceTimersByTimeAsync(2_000);
  await said;
  expect(PlayedWorker.made[0]!.ended).toBe(true);
  expect((await next).document.text).toBe('Read.');
});

it('gives a large file on a slow disk more time, and one that the person waits for ten times as much', async () => {
  const large = { size: 120_000_000 } as File;
  for (const [help, seconds] of [
    [{}, 180],
    [{ patient: true }, 1800],
  ] as const) {
    PlayedWorker.plays = ['hangs'];
    const said = vi.fn();
    reader()
      .read(reading({ file: large, help }))
      .catch(said);
    await vi.advanceTimersByTimeAsync((seconds - 1) * 1000);
    expect(said).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(2_000);
    expect(said).toHaveBeenCalledTimes(1);
  }
});

it('says of a worker whose script does not come that the page is to be reloaded', async () => {
  PlayedWorker.plays = ['does not start'];
  await expect(reader().read(reading())).rejects.toMatchObject({
    how: 'not-started',
    message: expect.stringContaining('Reload the page') as string,
  });
});
