import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { readPdf } from '../pdf.ts';

const folder = join(import.meta.dirname, '../../../../tests/fixtures/documents/collection');
const load = () => ({ path: 'lease.pdf', bytes: new Uint8Array(readFileSync(join(folder, 'lease.pdf'))) });

const stream = ReadableStream.prototype;
const known = Object.getOwnPropertyDescriptor(stream, Symbol.asyncIterator)!;

afterEach(() => void Object.defineProperty(stream, Symbol.asyncIterator, known));

it('reads every page where streams cannot be gone through with `for await`, as in WebKit', async () => {
  const before = await readPdf(load(), {});
  Reflect.deleteProperty(stream, Symbol.asyncIterator);
  expect(Symbol.asyncIterator in stream).toBe(false);
  const { text, parts } = await readPdf(load(), {});
  expect(text).toBe(before.text);
  expect(parts).toEqual(before.parts);
  expect(text).toContain('1,575');
});
