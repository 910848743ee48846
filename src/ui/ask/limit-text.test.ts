import { describe, expect, it } from 'vitest';
import { limitText } from './limit-text.ts';

const names = new Map([
  ['a/lease.pdf', 'lease.pdf'],
  ['rules.txt', 'rules.txt'],
  ['mail.eml', 'mail.eml'],
]);

describe('what a question is limited to', () => {
  it('is told by the first name, how many more there are, and the heading', () => {
    const text = (paths: readonly string[], heading = '') => limitText({ paths, heading }, names);
    expect(text(['a/lease.pdf'])).toBe('lease.pdf');
    expect(text(['rules.txt', 'mail.eml'])).toBe('rules.txt and 1 other document');
    expect(text(['gone.txt', 'rules.txt', 'mail.eml', 'a/lease.pdf'])).toBe('rules.txt and 2 other documents');
    expect(text(['rules.txt'], 'Animals')).toBe('rules.txt, under titles and headings with “Animals”');
    expect(text(['gone.txt'])).toBe('documents that have been removed');
  });
});
