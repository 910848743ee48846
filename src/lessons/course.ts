/** The page's own course: a lesson pack like any other, read by the same code. */
import json from './course.json' with { type: 'json' };
import type { Course } from './lesson.ts';
import { courseOf } from './pack.ts';

export const course: Course = courseOf(json);
