/** What the readers give, whatever the format, is what a collection file may hold. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { extname, join } from 'node:path';
import * as v from 'valibot';
import { expect, it } from 'vitest';
import { chunk } from '../../pipeline/chunk/chunk.ts';
import { estimateTokens } from '../../pipeline/chunk/estimate.ts';
import { ReadError, type Document } from '../../pipeline/document.ts';
import { readDocument } from '../../pipeline/read/read.ts';
import { packPassages } from '../kept/pack.ts';
import { defaultSettings } from '../settings.ts';
import { carriedDocument, contentFault } from './document-shape.ts';

const folder = join(import.meta.dirname, '../../../tests/fixtures/documents/formats');
const mostBytes = 100_000;

/** Up to two small files of each extension. */
const files = (readdirSync(folder, { recursive: true }) as string[])
  .filter((name) => statSync(join(folder, name)).isFile() && statSync(join(folder, name)).size < mostBytes)
  .sort()
  .filter((name, i, all) => all.slice(0, i).filter((one) => extname(one) === extname(name)).length < 2);

async function read(path: string): Promise<Document | null> {
  try {
    return await readDocument({ path, bytes: new Uint8Array(readFileSync(join(folder, path))) }, {});
  } catch (error) {
    if (error instanceof ReadError) return null;
    throw error;
  }
}

it('a document of every format goes through a collection file as it is', async () => {
  const kinds = new Set<string>();
  for (const path of files) {
    const found = await read(path);
    if (!found) continue;
    const document = { ...found, inner: [] };
    const passages = packPassages(chunk(document, defaultSettings, estimateTokens));
    const { strategy, passageTokens, overlapTokens } = defaultSettings;
    const cut = { strategy, passageTokens, overlapTokens };
    const written = {
      ...{ path, outer: null, bytes: 1, type: '', modified: 0, help: {} },
      state: { state: 'read', cut, passages: passages.length, stamp: null, bytes: 1 },
      read: { document, passages, ids: null },
    };
    const parsed = v.parse(carriedDocument, JSON.parse(JSON.stringify(written)));
    expect(parsed.read, path).toEqual(JSON.parse(JSON.stringify(written.read)));
    expect(contentFault(parsed), path).toBe('');
    kinds.add(document.kind);
  }
  expect(kinds.size).toBeGreaterThan(20);
}, 120_000);
