import { expect, it, vi } from 'vitest';
import { Install } from './install.svelte.ts';

function browser(standalone = false) {
  const target = new EventTarget();
  const window = Object.assign(target, { matchMedia: () => ({ matches: standalone }) }) as unknown as Window;
  const offer = (outcome: 'accepted' | 'dismissed') => {
    const event = Object.assign(new Event('beforeinstallprompt', { cancelable: true }), {
      prompt: vi.fn(() => Promise.resolve()),
      userChoice: Promise.resolve({ outcome }),
    });
    target.dispatchEvent(event);
    return event;
  };
  return { target, offer, install: new Install(window) };
}

it('asks the browser’s question when the person wants it, and not before', async () => {
  const { install, offer } = browser();
  expect(install.state).toBe('by-hand');
  await install.install();
  const event = offer('accepted');
  expect([install.state, event.defaultPrevented]).toEqual(['offered', true]);
  expect(event.prompt).not.toHaveBeenCalled();
  await install.install();
  expect(event.prompt).toHaveBeenCalledTimes(1);
  expect(install.state).toBe('installed');
});

it('after a No says how it is done by hand, and offers it again only when the browser does', async () => {
  const { install, offer } = browser();
  const event = offer('dismissed');
  await install.install();
  await install.install();
  expect([install.state, event.prompt.mock.calls.length]).toEqual(['by-hand', 1]);
  offer('accepted');
  expect(install.state).toBe('offered');
});

it('knows that it runs as an app, from the start or since the browser installed it', () => {
  expect(browser(true).install.state).toBe('installed');
  const { install, offer, target } = browser();
  offer('accepted');
  target.dispatchEvent(new Event('appinstalled'));
  expect(install.state).toBe('installed');
});
