import { describe, expect, it } from 'vitest';
import { chosen, droppedNodes, pastedText, walk } from './dropped.ts';
import type { DroppedNode } from './dropped.ts';

const file = (name: string): DroppedNode => ({
  kind: 'file',
  name,
  file: () => Promise.resolve(new File(['x'], name)),
});
const folder = (name: string, ...children: DroppedNode[]): DroppedNode => ({
  kind: 'folder',
  name,
  children: () => Promise.resolve(children),
});
const paths = (files: readonly { path: string }[]): string[] => files.map((f) => f.path);

describe('walk', () => {
  it('keeps relative paths, depth first and in name order', async () => {
    const { files, problems } = await walk([
      folder('flat', file('b.txt'), folder('2025', file('z.md')), file('a.txt')),
      file('c.csv'),
    ]);
    expect(paths(files)).toEqual(['flat/2025/z.md', 'flat/a.txt', 'flat/b.txt', 'c.csv']);
    expect(problems).toEqual([]);
  });

  it('names a file or folder that cannot be opened and keeps the rest', async () => {
    const broken: DroppedNode = { kind: 'file', name: 'gone.txt', file: () => Promise.reject(new Error('gone')) };
    const locked: DroppedNode = { kind: 'folder', name: 'locked', children: () => Promise.reject(new Error('no')) };
    const { files, problems } = await walk([folder('f', broken, file('kept.txt')), locked]);
    expect(paths(files)).toEqual(['f/kept.txt']);
    expect(problems).toHaveLength(2);
    expect(problems[0]).toContain('f/gone.txt');
    expect(problems[1]).toContain('The folder locked');
  });

  it('leaves hidden files of a folder out, and says how many', async () => {
    const { files, problems } = await walk([
      folder('f', file('.DS_Store'), folder('.git', file('x')), file('a.txt')),
      file('.notes'),
    ]);
    expect(paths(files)).toEqual(['f/a.txt', '.notes']);
    expect(problems).toEqual([expect.stringContaining('2 hidden files or folders')]);
  });
});

describe('droppedNodes', () => {
  it('takes a file itself where its entry cannot be opened, as in WebKit, and a folder by its entry', async () => {
    const unopened = { isDirectory: false, name: 'a.txt', file: (_: unknown, fail: () => void) => fail() };
    const empty = { readEntries: (done: (found: unknown[]) => void) => done([]) };
    const item = (entry: object, given: File | null) => ({
      kind: 'file',
      webkitGetAsEntry: () => entry,
      getAsFile: () => given,
    });
    const items = [
      item(unopened, new File(['x'], 'a.txt')),
      item({ isDirectory: true, name: 'f', createReader: () => empty }, new File([], 'f')),
    ];
    const nodes = droppedNodes({ items } as unknown as DataTransfer);
    expect(nodes.map(({ kind }) => kind)).toEqual(['file', 'folder']);
    const { files, problems } = await walk(nodes);
    expect(paths(files)).toEqual(['a.txt']);
    expect(problems).toEqual([]);
  });
});

describe('chosen and pasted', () => {
  it('takes plain files by their name, in order', () => {
    expect(paths(chosen([new File(['1'], 'b.txt'), new File(['2'], 'a.txt')]).files)).toEqual(['b.txt', 'a.txt']);
  });

  it('leaves hidden files of a chosen folder out and says so', () => {
    const inFolder = (path: string): File => {
      const made = new File(['x'], path.slice(path.lastIndexOf('/') + 1));
      Object.defineProperty(made, 'webkitRelativePath', { value: path });
      return made;
    };
    const { files, problems } = chosen([inFolder('f/a.txt'), inFolder('f/.git/config')]);
    expect(paths(files)).toEqual(['f/a.txt']);
    expect(problems).toEqual([expect.stringContaining('One hidden file')]);
  });

  it('numbers pasted texts past the names in use', async () => {
    const first = pastedText('hello', new Set());
    expect(first.path).toBe('Pasted text.txt');
    expect(await first.file.text()).toBe('hello');
    expect(pastedText('x', new Set(['Pasted text.txt', 'Pasted text 2.txt'])).path).toBe('Pasted text 3.txt');
  });
});
