import { describe, expect, it } from 'vitest';
import { WorkerEndedError } from '../workers/bridge.ts';
import type { EmbedderReply, EmbedderRequest } from '../workers/embedder.ts';
import { EmbedderPool, type EmbedderDoor } from './embedder-pool.ts';

/** A worker that answers when told to. */
class HeldDoor implements EmbedderDoor {
  readonly heard: string[] = [];
  private readonly waiting: ((reply: EmbedderReply) => void)[] = [];

  call(request: EmbedderRequest): Promise<EmbedderReply> {
    this.heard.push(request.type === 'load' ? 'load' : request.text);
    return new Promise((resolve) => this.waiting.push(resolve));
  }

  async answer(): Promise<void> {
    this.waiting.shift()?.({ type: 'embedded', vector: Float32Array.of(1), leftOut: 0 });
    await new Promise((resolve) => setTimeout(resolve));
  }
}

describe('EmbedderPool', () => {
  it('gives each worker one text at a time and uses all of them', async () => {
    const doors = [new HeldDoor(), new HeldDoor()];
    const pool = new EmbedderPool(doors);
    const all = ['a', 'b', 'c', 'd'].map((text) => pool.passage(text));
    expect(doors.map(({ heard }) => heard.length)).toEqual([1, 1]);
    await doors[0]!.answer();
    expect(doors.map(({ heard }) => heard.length)).toEqual([2, 1]);
    await doors[0]!.answer();
    await doors[0]!.answer();
    await doors[1]!.answer();
    expect(await Promise.all(all)).toHaveLength(4);
    expect(pool.calls).toBe(4);
  });

  it('lets a question wait for no more than the passage in flight', async () => {
    const door = new HeldDoor();
    const pool = new EmbedderPool([door]);
    for (const text of ['a', 'b', 'c']) void pool.passage(text);
    const question = pool.question('why?');
    await door.answer();
    await door.answer();
    expect(door.heard.slice(0, 2)).toEqual(['a', 'why?']);
    expect(await question).toEqual({ vector: Float32Array.of(1), leftOut: 0 });
  });

  it.each([10, 10_000])('lets it wait for one passage with %i in the queue', async (queued) => {
    const doors = [new HeldDoor(), new HeldDoor()];
    const pool = new EmbedderPool(doors);
    for (let i = 0; i < queued; i++) void pool.passage(`${i}`);
    const question = pool.question('why?');
    await doors[1]!.answer();
    expect(doors.map(({ heard }) => heard)).toEqual([['1'], ['0', 'why?']]);
    await doors[1]!.answer();
    expect((await question).vector).toEqual(Float32Array.of(1));
    expect(doors[1]!.heard).toEqual(['0', 'why?', '2']);
    expect(pool.calls).toBe(4);
  });

  it('gives with several workers, whatever their speed, what one gives, in the order asked', async () => {
    const texts = Array.from({ length: 200 }, (_, i) => `${i}`);
    const heard: string[] = [];
    const door = (turns: (text: string) => number): EmbedderDoor => ({
      async call(request) {
        const text = request.type === 'load' ? 'load' : request.text;
        heard.push(text);
        for (let i = 0; i < turns(text); i++) await Promise.resolve();
        return { type: 'embedded', vector: Float32Array.of(Number(text), 1), leftOut: 0 };
      },
    });
    const embed = (doors: readonly EmbedderDoor[]): Promise<Float32Array[]> => {
      const pool = new EmbedderPool(doors);
      return Promise.all(texts.map((text) => pool.passage(text)));
    };
    const alone = await embed([door(() => 1)]);
    const together = await embed([door((text) => (Number(text) * 7) % 23), door((text) => (Number(text) * 5) % 11)]);
    expect(together).toEqual(alone);
    expect(alone.map(([first]) => first)).toEqual(texts.map(Number));
    // Also handed out in that order: the top of a document is embedded first.
    expect(heard).toEqual([...texts, ...texts]);
  });

  it('drops what was aborted while it waited, without a call', async () => {
    const door = new HeldDoor();
    const pool = new EmbedderPool([door]);
    const controller = new AbortController();
    void pool.passage('a');
    const dropped = pool.passage('b', { signal: controller.signal });
    controller.abort(new Error('Removed.'));
    const next = pool.passage('c');
    const rejected = expect(dropped).rejects.toThrow('Removed.');
    await door.answer();
    await door.answer();
    await rejected;
    await next;
    expect(door.heard).toEqual(['a', 'c']);
  });

  it('asks for unusual words before the passages that wait, and does not count it as a text embedded', async () => {
    const heard: string[] = [];
    const pool = new EmbedderPool([
      {
        call: (request) => {
          heard.push(request.type);
          return Promise.resolve(
            request.type === 'unusual'
              ? { type: 'unusual', words: ['depsit'] }
              : { type: 'embedded', vector: Float32Array.of(1), leftOut: 0 },
          );
        },
      },
    ]);
    const passages = [pool.passage('a'), pool.passage('b')];
    expect(await pool.unusualWords('the depsit')).toEqual(['depsit']);
    await Promise.all(passages);
    expect(heard).toEqual(['passage', 'unusual', 'passage']);
    expect(pool.calls).toBe(2);
  });

  it('goes on after a failure', async () => {
    let fail = true;
    const pool = new EmbedderPool([
      {
        call: () =>
          fail
            ? Promise.reject(new Error('Out of memory.'))
            : Promise.resolve({ type: 'embedded', vector: Float32Array.of(1), leftOut: 0 }),
      },
    ]);
    await expect(pool.passage('a')).rejects.toThrow('Out of memory.');
    fail = false;
    expect(await pool.passage('b')).toEqual(Float32Array.of(1));
  });

  it('asks a worker that died over a text once more, and tells when it dies again; the next text is made', async () => {
    const asked: (boolean | undefined)[] = [];
    let dies = true;
    const door: EmbedderDoor = {
      call: (_, options) => {
        asked.push(options?.again);
        if (dies) return Promise.reject(new WorkerEndedError('died', 'The embedder stopped working.'));
        return Promise.resolve({ type: 'embedded', vector: Float32Array.of(1), leftOut: 0 });
      },
    };
    const pool = new EmbedderPool([door]);
    await expect(pool.passage('a')).rejects.toThrow('The embedder stopped working.');
    dies = false;
    expect(await pool.passage('b')).toEqual(Float32Array.of(1));
    // The bridge behind the door is told that it may.
    expect(asked).toEqual([true, true]);
  });
});
