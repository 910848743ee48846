import { describe, expect, it, vi } from 'vitest';
import type { Replies } from '../service-worker/messages.ts';
import { Updates } from './updates.svelte.ts';

type Listened = 'updatefound' | 'statechange';

/** A service worker on its way, as far as this looks at it. */
class FakeWorker extends EventTarget {
  state = 'installing';

  constructor(private readonly answer: Replies['use-now'] = { type: 'using' }) {
    super();
  }

  becomes(state: string): void {
    this.state = state;
    this.dispatchEvent(new Event('statechange' satisfies Listened));
  }

  postMessage(_message: unknown, [port]: MessagePort[]): void {
    port?.postMessage(this.answer);
  }
}

function browser(controller: object | null, waiting: FakeWorker | null = null) {
  const container = Object.assign(new EventTarget(), { controller });
  const registration = Object.assign(new EventTarget(), { waiting, installing: null as FakeWorker | null });
  const kept = vi.fn(() => Promise.resolve());
  const updates = new Updates({
    desk: () => ({ entries: [], turns: [], questions: [], keeping: { state: 'memory' }, switching: null, draft: '' }),
    kept,
  });
  updates.watch(container as unknown as ServiceWorkerContainer, registration as unknown as ServiceWorkerRegistration);
  const found = (worker: FakeWorker): void => {
    registration.installing = worker;
    registration.dispatchEvent(new Event('updatefound' satisfies Listened));
  };
  return { container, registration, updates, kept, found };
}

describe('Updates', () => {
  it('offers what is stored beside the version in use, and what waits since an earlier visit', () => {
    const { updates, found } = browser({});
    const worker = new FakeWorker();
    found(worker);
    expect(updates.state.state).toBe('none');
    worker.becomes('installed');
    expect(updates.state.state).toBe('ready');
    expect(browser({}, new FakeWorker()).updates.state.state).toBe('ready');
  });

  it('offers nothing on a first visit, whose service worker is no update', () => {
    const { container, updates, found } = browser(null);
    const first = new FakeWorker();
    found(first);
    first.becomes('installed');
    container.controller = first;
    container.dispatchEvent(new Event('controllerchange'));
    expect(updates.state.state).toBe('none');
  });

  it('says which file came damaged', async () => {
    vi.useFakeTimers();
    const { container, updates, found } = browser({});
    const worker = new FakeWorker();
    found(worker);
    worker.becomes('redundant');
    const told = Object.assign(new Event('message'), {
      data: { type: 'not-kept', reason: 'The file a.js came damaged.' },
      source: worker,
    });
    container.dispatchEvent(told);
    await vi.advanceTimersByTimeAsync(2000);
    vi.useRealTimers();
    expect(updates.state).toEqual({ state: 'failed', reason: 'The file a.js came damaged.' });
  });

  it('uses it when what can be kept is, and reloads only then', async () => {
    const reload = vi.fn();
    vi.stubGlobal('location', { reload });
    const { container, updates, kept } = browser({}, new FakeWorker());
    await updates.use();
    expect(kept).toHaveBeenCalledOnce();
    expect(updates.state.state).toBe('using');
    expect(reload).not.toHaveBeenCalled();
    container.dispatchEvent(new Event('controllerchange'));
    expect(reload).toHaveBeenCalledOnce();
    vi.unstubAllGlobals();
  });

  it('changes nothing while other tabs are open, and says how many', async () => {
    const { updates } = browser({}, new FakeWorker({ type: 'in-use', others: 2 }));
    await updates.use();
    expect(updates.state).toEqual({ state: 'in-use', others: 2 });
  });

  it('does not reload when another tab has taken it into use, and says so', () => {
    const { container, updates } = browser({});
    container.dispatchEvent(new Event('controllerchange'));
    expect(updates.state.state).toBe('replaced');
  });
});
