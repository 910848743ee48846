import { describe, expect, it } from 'vitest';
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
    this.waiting.shift()?.({ vector: Float32Array.of(1), leftOut: 0 });
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

  it('goes on after a failure', async () => {
    let fail = true;
    const pool = new EmbedderPool([
      {
        call: () =>
          fail
            ? Promise.reject(new Error('Out of memory.'))
            : Promise.resolve({ vector: Float32Array.of(1), leftOut: 0 }),
      },
    ]);
    await expect(pool.passage('a')).rejects.toThrow('Out of memory.');
    fail = false;
    expect(await pool.passage('b')).toEqual(Float32Array.of(1));
  });
});
