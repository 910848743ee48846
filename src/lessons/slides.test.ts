import { expect, it } from 'vitest';
import { course } from './course.ts';
import { clock, firstOf, slidesOf, stepOf } from './slides.ts';

it('shows each paragraph, and behind the last of a lesson its live view', () => {
  const slides = slidesOf(course);
  const paragraphs = course.lessons.reduce((sum, { text }) => sum + text.length, 0);
  expect(slides).toHaveLength(paragraphs + course.lessons.length);
  expect(slides[0]).toEqual({ lesson: 0, paragraph: 0 });
  expect(slides.at(-1)).toEqual({ lesson: course.lessons.length - 1, paragraph: 'live' });
  for (const lesson of course.lessons.keys()) expect(slides[firstOf(slides, lesson)]).toEqual({ lesson, paragraph: 0 });
  expect(slides.filter(({ paragraph }) => paragraph === 'live').map(({ lesson }) => lesson)).toEqual([
    ...course.lessons.keys(),
  ]);
});

it('goes on and back by arrows and page keys, and leaves the arrows to a field', () => {
  expect(['ArrowRight', 'PageDown', 'ArrowLeft', 'PageUp', 'x'].map((key) => stepOf(key, false))).toEqual([
    1,
    1,
    -1,
    -1,
    null,
  ]);
  expect(['ArrowRight', 'PageDown', 'ArrowLeft', 'PageUp'].map((key) => stepOf(key, true))).toEqual([
    null,
    1,
    null,
    -1,
  ]);
});

it('tells the time', () => {
  expect([0, 42_900, 725_000, 3_750_000, -5].map(clock)).toEqual(['0:00', '0:42', '12:05', '1:02:30', '0:00']);
});
