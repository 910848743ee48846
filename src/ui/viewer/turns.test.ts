import { describe, expect, it } from 'vitest';
import { Turns } from './turns.ts';

/** Work whose end the test decides. */
function work(name: string, done: string[]): { run(): Promise<void>; end(): void } {
  let end = (): void => undefined;
  const ended = new Promise<void>((resolve) => (end = resolve));
  return { run: () => (done.push(name), ended), end: () => end() };
}

const at = (distance: number, signal = new AbortController().signal) => ({ signal, distance: () => distance });
const settled = () => new Promise((resolve) => setTimeout(resolve));

describe('turns', () => {
  it('gives one at a time, the nearest of those that wait next', async () => {
    const turns = new Turns();
    const begun: string[] = [];
    const [first, far, near] = ['first', 'far', 'near'].map((name) => work(name, begun));
    const all = [turns.take(first!.run, at(50)), turns.take(far!.run, at(9)), turns.take(near!.run, at(1))];
    expect(begun).toEqual(['first']);
    first!.end();
    await settled();
    expect(begun).toEqual(['first', 'near']);
    near!.end();
    await settled();
    expect(begun).toEqual(['first', 'near', 'far']);
    far!.end();
    await Promise.all(all);
  });

  it('forgets what is not wanted any more, and goes on after work that failed', async () => {
    const turns = new Turns();
    const begun: string[] = [];
    const gone = new AbortController();
    const failing = turns.take(() => Promise.reject(new Error('no ink')), at(0));
    const left = turns.take(work('left', begun).run, at(1, gone.signal));
    const last = turns.take(() => (begun.push('last'), Promise.resolve(7)), at(2));
    gone.abort(new Error('gone'));
    await expect(left).rejects.toThrow('gone');
    await expect(failing).rejects.toThrow('no ink');
    expect(await last).toBe(7);
    expect(begun).toEqual(['last']);
    await expect(turns.take(work('late', begun).run, at(0, gone.signal))).rejects.toThrow('gone');
  });
});
