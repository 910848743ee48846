import { describe, expect, it } from 'vitest';
import { mailDate } from './date.ts';

describe('dates of mail', () => {
  it.each([
    ['Fri, 06 Mar 2026 09:30:00 +0100', '2026-03-06T08:30:00Z'],
    ['6 Mar 26 09:30 EST', '2026-03-06T14:30:00Z'],
    ['Fri, 6 Mar 2026 09:30:00', '2026-03-06T09:30:00'],
    ['Fri, 6 Mar 2026', '2026-03-06'],
    ['2025-07-29T12:42:06Z', '2025-07-29T12:42:06Z'],
    ['2025-07-29 12:42:06+02:00', '2025-07-29T10:42:06Z'],
    ['Fri Mar  6 08:30:00 2026', '2026-03-06T08:30:00'],
    ['31 Feb 2026 09:30:00 +0100', ''],
    ['yesterday', ''],
    ['', ''],
  ])('%s', (written, iso) => {
    expect(mailDate(written)).toBe(iso);
  });
});
