/** Generators that are not the page's own, as the settings name them. */
import type { OtherGenerator, Settings } from './state.ts';

const prefix = 'model:';

export function otherGenerator(id: string): OtherGenerator {
  return `${prefix}${id}`;
}

/** Whether a saved setting names one; whether it can be had is another matter. */
export function isOther(value: unknown): value is OtherGenerator {
  return typeof value === 'string' && value.startsWith(prefix) && value.length > prefix.length;
}

/** The id of a generator that is not the page's own; null for the page's own and for none. */
export function otherId(generator: OtherGenerator): string;
export function otherId(generator: Settings['generator']): string | null;
export function otherId(generator: Settings['generator']): string | null {
  return isOther(generator) ? generator.slice(prefix.length) : null;
}
