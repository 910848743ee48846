import { describe, expect, it } from 'vitest';
import { CUT_HEADER, cutNetwork } from './cut.ts';
import { sever } from './severed.ts';

const probe = 'https://carrel.example/page/service-worker.js';

/** A scope whose network answers, and which counts what reached it. */
function scope(answer: () => Response = () => new Response('here')) {
  const reached: string[] = [];
  return {
    reached,
    fetch: (input: RequestInfo | URL) => {
      reached.push(String(input));
      return Promise.resolve(answer());
    },
    WebSocket: EventTarget,
    XMLHttpRequest: EventTarget,
    navigator: { sendBeacon: () => true },
  };
}

describe('cutNetwork', () => {
  it('refuses every way to the network, tells of each, and gives them back as they were', async () => {
    const given = scope();
    const { fetch, WebSocket } = given;
    const refused: string[] = [];
    const restore = cutNetwork(given, { passes: () => false, onRefused: (url) => refused.push(url) });
    await expect(given.fetch('https://carrel.example/a')).rejects.toThrow(TypeError);
    expect(() => new (given.WebSocket as unknown as new (url: string) => object)('wss://carrel.example/')).toThrow();
    expect(() => new given.XMLHttpRequest()).toThrow();
    expect((given.navigator.sendBeacon as (url: string) => boolean)('/beacon')).toBe(false);
    expect(refused).toEqual(['https://carrel.example/a', 'wss://carrel.example/', 'XMLHttpRequest', '/beacon']);
    expect(given.reached).toEqual([]);
    restore();
    expect(given.fetch).toBe(fetch);
    expect(given.WebSocket).toBe(WebSocket);
    expect(given.navigator.sendBeacon()).toBe(true);
  });

  it('leaves out what a scope does not have', () => {
    const given = { fetch: scope().fetch, navigator: {} };
    cutNetwork(given, { passes: () => false, onRefused: () => undefined })();
    expect(Object.keys(given)).toEqual(['fetch', 'navigator']);
  });
});

describe('sever', () => {
  it('leaves to a service worker that refuses what that one answers from this machine, of its own origin alone', async () => {
    const given = scope(() => new Response('', { status: 503, headers: { [CUT_HEADER]: 'yes' } }));
    const { attempt } = await sever(given, probe, () => undefined);
    expect(attempt).toBe('refused');
    await given.fetch('https://carrel.example/page/ort/ort-wasm-simd.wasm');
    await expect(given.fetch('https://elsewhere.invalid/')).rejects.toThrow();
    expect(given.reached).toEqual([probe, 'https://carrel.example/page/ort/ort-wasm-simd.wasm']);
  });

  it('cuts a scope by itself that no service worker stands before', async () => {
    const given = scope();
    const refused: string[] = [];
    const { attempt, restore } = await sever(given, probe, (url) => refused.push(url));
    expect(attempt).toBe('refused');
    expect(refused).toEqual([probe]);
    // What was tried before the cut, and nothing after it.
    expect(given.reached).toEqual([probe]);
    restore();
    await given.fetch(probe);
    expect(given.reached).toHaveLength(2);
  });
});
