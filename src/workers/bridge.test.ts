import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ReadError } from '../pipeline/document.ts';
import { WorkerBridge, WorkerEndedError, type WorkerLike } from './bridge.ts';
import { errorToData, type FromWorker, type ToWorker } from './protocol.ts';

type Answer = (message: ToWorker<string>, reply: (message: FromWorker<string, number>) => void) => void;

/** A worker played by a function. */
class PlayedWorker implements WorkerLike {
  static readonly made: PlayedWorker[] = [];
  readonly heard: ToWorker<string>[] = [];
  ended = false;
  private readonly listeners = new Map<string, ((event: never) => void)[]>();

  constructor(private readonly answer: Answer) {
    PlayedWorker.made.push(this);
  }

  postMessage(message: unknown): void {
    this.heard.push(message as ToWorker<string>);
    this.answer(message as ToWorker<string>, (reply) => queueMicrotask(() => this.emit('message', { data: reply })));
  }

  terminate(): void {
    this.ended = true;
  }

  addEventListener(type: string, listener: (event: never) => void): void {
    this.listeners.set(type, [...(this.listeners.get(type) ?? []), listener]);
  }

  emit(type: string, event: object): void {
    if (this.ended) return;
    for (const listener of this.listeners.get(type) ?? []) listener(event as never);
  }
}

const echo: Answer = (message, reply) => {
  if (message.type === 'request') reply({ type: 'reply', id: message.id, reply: `${message.request}!` });
};

/** Never answers. */
const silent: Answer = () => undefined;

function bridgeTo(
  answer: Answer,
  options: { grace?: number; idle?: number; prepare?: () => Promise<string>; onEnded?: () => void } = {},
) {
  return new WorkerBridge<string, string, number>({
    name: 'helper',
    start: () => new PlayedWorker(answer),
    idleMilliseconds: options.idle ?? Infinity,
    graceMilliseconds: options.grace ?? 0,
    ...(options.prepare ? { prepare: options.prepare } : {}),
    ...(options.onEnded ? { onEnded: options.onEnded } : {}),
  });
}

describe('WorkerBridge', () => {
  beforeEach(() => {
    vi.useFakeTimers();
    // Node has no ErrorEvent.
    vi.stubGlobal('ErrorEvent', class extends Event {});
    PlayedWorker.made.length = 0;
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  it('starts no worker before the first call, and one for all of them', async () => {
    const bridge = bridgeTo(echo);
    expect(PlayedWorker.made).toHaveLength(0);
    expect(await Promise.all(['a', 'b', 'c'].map((word) => bridge.call(word)))).toEqual(['a!', 'b!', 'c!']);
    expect(PlayedWorker.made).toHaveLength(1);
  });

  it('sends the next request only when the one before is answered', async () => {
    const held: (() => void)[] = [];
    const bridge = bridgeTo((message, reply) => held.push(() => echo(message, reply)));
    const first = bridge.call('a');
    const second = bridge.call('b');
    await vi.advanceTimersByTimeAsync(0);
    expect(PlayedWorker.made[0]!.heard).toHaveLength(1);
    held.shift()!();
    expect(await first).toBe('a!');
    await vi.advanceTimersByTimeAsync(0);
    held.shift()!();
    expect(await second).toBe('b!');
  });

  it('prepares every new worker first', async () => {
    const bridge = bridgeTo(echo, { prepare: () => Promise.resolve('load') });
    await bridge.call('a');
    bridge.end();
    await bridge.call('b');
    const said = PlayedWorker.made.map(({ heard }) =>
      heard.map((message) => (message.type === 'request' ? message.request : '')),
    );
    expect(said).toEqual([
      ['load', 'a'],
      ['load', 'b'],
    ]);
  });

  it('rejects the call when preparing fails, and tries again with the next', async () => {
    let tries = 0;
    const bridge = bridgeTo(echo, {
      prepare: () => (++tries === 1 ? Promise.reject(new Error('No model.')) : Promise.resolve('load')),
    });
    await expect(bridge.call('a')).rejects.toThrow('No model.');
    expect(await bridge.call('b')).toBe('b!');
  });

  it('ends the worker of an aborted call, and serves the next with a new one', async () => {
    let answer = silent;
    const bridge = bridgeTo((...given) => answer(...given));
    const controller = new AbortController();
    const call = bridge.call('a', { signal: controller.signal });
    await vi.advanceTimersByTimeAsync(0);
    controller.abort(new Error('Stopped.'));
    await expect(call).rejects.toThrow('Stopped.');
    expect(PlayedWorker.made[0]!.ended).toBe(true);
    answer = echo;
    expect(await bridge.call('b')).toBe('b!');
    expect(PlayedWorker.made).toHaveLength(2);
  });

  it('lets an aborted call end by itself within its grace', async () => {
    const held: (() => void)[] = [];
    const bridge = bridgeTo(
      (message, reply) => (message.type === 'stop' ? held.shift()!() : held.push(() => echo(message, reply))),
      { grace: 5000 },
    );
    const controller = new AbortController();
    const call = bridge.call('a', { signal: controller.signal });
    await vi.advanceTimersByTimeAsync(0);
    controller.abort(new Error('Stopped.'));
    await expect(call).rejects.toThrow('Stopped.');
    await vi.advanceTimersByTimeAsync(6000);
    expect(PlayedWorker.made[0]!.ended).toBe(false);
  });

  it('tells nothing of the progress of a call that was stopped', async () => {
    const worker: { reply?: (message: FromWorker<string, number>) => void } = {};
    const bridge = bridgeTo((_message, reply) => (worker.reply = reply), { grace: 5000 });
    const controller = new AbortController();
    const seen: number[] = [];
    const call = bridge.call('a', { signal: controller.signal, onProgress: (value) => seen.push(value) });
    await vi.advanceTimersByTimeAsync(0);
    worker.reply!({ type: 'progress', id: 1, progress: 1 });
    await vi.advanceTimersByTimeAsync(0);
    controller.abort(new Error('Stopped.'));
    await expect(call).rejects.toThrow('Stopped.');
    worker.reply!({ type: 'progress', id: 1, progress: 2 });
    await vi.advanceTimersByTimeAsync(0);
    expect(seen).toEqual([1]);
  });

  it('ends a worker that is silent beyond its grace', async () => {
    const bridge = bridgeTo(silent, { grace: 5000 });
    const controller = new AbortController();
    const call = bridge.call('a', { signal: controller.signal });
    await vi.advanceTimersByTimeAsync(0);
    controller.abort(new Error('Stopped.'));
    await expect(call).rejects.toThrow('Stopped.');
    await vi.advanceTimersByTimeAsync(4900);
    expect(PlayedWorker.made[0]!.ended).toBe(false);
    await vi.advanceTimersByTimeAsync(200);
    expect(PlayedWorker.made[0]!.ended).toBe(true);
  });

  it('takes an aborted call out of the queue without disturbing the running one', async () => {
    const held: (() => void)[] = [];
    const bridge = bridgeTo((message, reply) => held.push(() => echo(message, reply)));
    const running = bridge.call('a');
    const controller = new AbortController();
    const waiting = bridge.call('b', { signal: controller.signal });
    await vi.advanceTimersByTimeAsync(0);
    controller.abort(new Error('Stopped.'));
    await expect(waiting).rejects.toThrow('Stopped.');
    held.shift()!();
    expect(await running).toBe('a!');
    await vi.advanceTimersByTimeAsync(0);
    expect(PlayedWorker.made[0]!.heard).toHaveLength(1);
  });

  it('rejects the running call when the worker dies, and starts another', async () => {
    let answer = silent;
    const bridge = bridgeTo((...given) => answer(...given));
    const call = bridge.call('a');
    const rejected = expect(call).rejects.toThrow(WorkerEndedError);
    await vi.advanceTimersByTimeAsync(0);
    PlayedWorker.made[0]!.emit('error', new Event('error'));
    await rejected;
    answer = echo;
    expect(await bridge.call('b')).toBe('b!');
  });

  it('asks a new worker once more where that may be done, and gives up when that one dies as well', async () => {
    let deaths = 0;
    const dying: Answer = (message, reply) => {
      if (message.type !== 'request' || message.request === 'load') return echo(message, reply);
      const worker = PlayedWorker.made.at(-1)!;
      if (deaths-- > 0) queueMicrotask(() => worker.emit('error', new Event('error')));
      else echo(message, reply);
    };
    const bridge = bridgeTo(dying, { prepare: () => Promise.resolve('load') });
    deaths = 1;
    expect(await bridge.call('a', { again: true })).toBe('a!');
    expect(PlayedWorker.made).toHaveLength(2);
    deaths = 2;
    await expect(bridge.call('b', { again: true })).rejects.toMatchObject({
      how: 'died',
      message: 'The helper stopped working.',
    });
    deaths = 1;
    await expect(bridge.call('c')).rejects.toMatchObject({ how: 'died' });
    expect(await bridge.call('d')).toBe('d!');
  });

  it('says of a worker whose script does not come that it did not start, and does not try that twice', async () => {
    const bridge = bridgeTo(silent);
    const said = bridge.call('a', { again: true }).catch((error: unknown) => error);
    await vi.advanceTimersByTimeAsync(0);
    PlayedWorker.made[0]!.emit('error', new Event('error'));
    expect(await said).toMatchObject({
      how: 'not-started',
      message: expect.stringMatching(/^The helper did not start\. .* Reload the page/) as string,
    });
    expect(PlayedWorker.made).toHaveLength(1);
  });

  it('tells at once that a worker has died with what it held, also when nobody waits for it', async () => {
    const onEnded = vi.fn();
    const bridge = bridgeTo(echo, { onEnded });
    await bridge.call('a');
    PlayedWorker.made[0]!.emit('error', new Event('error'));
    expect(onEnded).toHaveBeenCalledTimes(1);
    await bridge.call('b');
    bridge.close();
    expect(onEnded).toHaveBeenCalledTimes(1);
  });

  it('tells nothing of a worker that died before it held anything: it would be filled for ever', async () => {
    const onEnded = vi.fn();
    const bridge = bridgeTo(silent, { onEnded });
    const rejected = expect(bridge.call('a')).rejects.toThrow(WorkerEndedError);
    await vi.advanceTimersByTimeAsync(0);
    PlayedWorker.made[0]!.emit('error', new Event('error'));
    await rejected;
    expect(onEnded).not.toHaveBeenCalled();
  });

  it('starts no worker any more once it is closed, for no call that runs, waits or comes later', async () => {
    const bridge = bridgeTo(silent);
    const running = expect(bridge.call('a')).rejects.toThrow(WorkerEndedError);
    const waiting = expect(bridge.call('b')).rejects.toThrow(WorkerEndedError);
    await vi.advanceTimersByTimeAsync(0);
    bridge.close();
    await Promise.all([running, waiting]);
    await expect(bridge.call('c')).rejects.toThrow(WorkerEndedError);
    expect(PlayedWorker.made.map(({ ended }) => ended)).toEqual([true]);
  });

  it('starts none either when it is closed while the first request is being prepared', async () => {
    let prepared: (request: string) => void = () => undefined;
    const bridge = bridgeTo(echo, { prepare: () => new Promise((resolve) => (prepared = resolve)) });
    const call = expect(bridge.call('a')).rejects.toThrow(WorkerEndedError);
    await vi.advanceTimersByTimeAsync(0);
    bridge.close();
    prepared('load');
    await call;
    expect(PlayedWorker.made).toHaveLength(0);
  });

  it('ends an idle worker, but not before its time', async () => {
    const bridge = bridgeTo(echo, { idle: 1000 });
    await bridge.call('a');
    await vi.advanceTimersByTimeAsync(900);
    await bridge.call('b');
    await vi.advanceTimersByTimeAsync(900);
    expect(PlayedWorker.made[0]!.ended).toBe(false);
    await vi.advanceTimersByTimeAsync(200);
    expect(PlayedWorker.made[0]!.ended).toBe(true);
  });

  it('carries progress, and errors as what they were', async () => {
    const bridge = bridgeTo((message, reply) => {
      if (message.type !== 'request') return;
      reply({ type: 'progress', id: message.id, progress: 7 });
      reply({ type: 'error', id: message.id, error: errorToData(new ReadError('empty', '“a” is empty.')) });
    });
    const seen: number[] = [];
    const error = await bridge
      .call('a', { onProgress: (value) => seen.push(value) })
      .catch((reason: unknown) => reason);
    expect(seen).toEqual([7]);
    expect(error).toBeInstanceOf(ReadError);
    expect(error).toMatchObject({ code: 'empty', message: '“a” is empty.' });
  });
});
