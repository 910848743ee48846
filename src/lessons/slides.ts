/** A lesson as it is shown to a room: a paragraph at a time in large letters, then the live view with its tasks. */
import type { Course } from './lesson.ts';

export interface Slide {
  /** Of the lesson in the course, and of the paragraph in the lesson; the live view comes after the last one. */
  readonly lesson: number;
  readonly paragraph: number | 'live';
}

/** All slides of a course in order. */
export function slidesOf({ lessons }: Course): readonly Slide[] {
  return lessons.flatMap(({ text }, lesson) => [
    ...text.map((_, paragraph): Slide => ({ lesson, paragraph })),
    { lesson, paragraph: 'live' as const },
  ]);
}

/** The first slide of a lesson. */
export function firstOf(slides: readonly Slide[], lesson: number): number {
  return Math.max(
    0,
    slides.findIndex((slide) => slide.lesson === lesson),
  );
}

/**
 * What a key means to who presents: so many slides on, or back; null for nothing. Presenters' remote controls send the
 * page keys. @param typing the focus is in a field that has a use for the arrows itself
 */
export function stepOf(key: string, typing: boolean): 1 | -1 | null {
  if (key === 'PageDown' || (key === 'ArrowRight' && !typing)) return 1;
  if (key === 'PageUp' || (key === 'ArrowLeft' && !typing)) return -1;
  return null;
}

/** `0:42`, `12:05`, `1:02:30`. */
export function clock(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  const two = (n: number) => String(n).padStart(2, '0');
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}
