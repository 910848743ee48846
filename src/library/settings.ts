/** The person's settings, remembered by the browser where it lets us. */
import { chunkStrategies } from '../pipeline/chunk/chunk.ts';
import { readings } from '../pipeline/generate/reading.ts';
import { isOther } from './generators.ts';
import { embedderId } from './models.ts';
import type { Settings } from './state.ts';

export const defaultSettings: Settings = {
  strategy: 'structure',
  passageTokens: 208,
  overlapTokens: 0,
  index: 'auto',
  generator: 'adapter',
  promptPassages: 2,
  promptText: 'passages',
  reading: 'once',
  embedder: embedderId,
};

const key = 'carrel.settings';

/** What was saved, with everything unknown or out of range put back to its default. */
export function loadSettings(): Settings {
  try {
    const saved = JSON.parse(localStorage.getItem(key) ?? '{}') as Partial<Record<keyof Settings, unknown>>;
    return sound(saved);
  } catch {
    // Refused storage or a damaged entry: settings then last as long as the page.
    return defaultSettings;
  }
}

export function saveSettings(settings: Settings): void {
  try {
    localStorage.setItem(key, JSON.stringify(settings));
  } catch {
    // As above.
  }
}

export function sound(saved: Partial<Record<keyof Settings, unknown>>): Settings {
  const whole = (value: unknown, least: number, most: number, otherwise: number) =>
    typeof value === 'number' && value >= least && value <= most ? Math.round(value) : otherwise;
  const one = <T extends string>(value: unknown, choices: readonly T[], otherwise: T) =>
    choices.find((choice) => choice === value) ?? otherwise;
  return {
    strategy: one(saved.strategy, chunkStrategies, defaultSettings.strategy),
    passageTokens: whole(saved.passageTokens, 48, 480, defaultSettings.passageTokens),
    overlapTokens: whole(saved.overlapTokens, 0, 160, defaultSettings.overlapTokens),
    index: one(saved.index, ['auto', 'voy', 'flat'], defaultSettings.index),
    generator: isOther(saved.generator)
      ? saved.generator
      : one(saved.generator, ['adapter', 'base', 'off'], defaultSettings.generator),
    embedder: typeof saved.embedder === 'string' && saved.embedder ? saved.embedder : defaultSettings.embedder,
    reading: one(saved.reading, readings, defaultSettings.reading),
    promptText: one(saved.promptText, ['passages', 'surroundings'], defaultSettings.promptText),
    promptPassages: whole(saved.promptPassages, 1, 4, defaultSettings.promptPassages),
  };
}
