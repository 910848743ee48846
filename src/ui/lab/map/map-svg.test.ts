import { DOMParser } from 'linkedom';
import { SaxesParser } from 'saxes';
import { describe, expect, it } from 'vitest';
import { markedDocuments } from './marks.ts';
import { mapSvg } from './map-svg.ts';
import { colours } from './palette.ts';
import type { Scene } from './scene.ts';

const documents = markedDocuments(['a', 'a', 'b', 'b', 'c'].map((path) => ({ path })));
const scene: Scene = {
  ...{ documents, colours: colours.light, only: documents[1]! },
  places: Float32Array.of(0, 0, 1, 0, 2, 1, 3, 1, 4, 2),
  selected: { point: 2, neighbours: [3] },
  question: { place: [6, 1], neighbours: [4, 3] },
};
const words = {
  title: 'A map & more',
  description: ['Five passages of <three> documents.', 'word '.repeat(60).trim()],
  nameOf: (path: string) => `${path} "${path}"\u0001.txt`,
};

describe('a map as SVG', () => {
  const svg = mapSvg(scene, words);
  const root = new DOMParser().parseFromString(svg, 'image/svg+xml').documentElement as unknown as Element;
  const all = (name: string) => [...root.querySelectorAll(name)];

  it('is well-formed and is described in words, whatever documents are called', () => {
    expect(() => new SaxesParser().write(svg).close()).not.toThrow();
    expect(all('title')[0]!.textContent).toBe('A map & more');
    expect(all('desc')[0]!.textContent).toContain('Five passages of <three> documents. word');
    expect(
      all('title')
        .slice(1)
        .map((one) => one.textContent),
    ).toEqual(['a "a".txt', 'c "c".txt', 'b "b".txt']);
  });

  it('has a mark for each passage, what does not stand out faint and below', () => {
    const groups = all('g').filter((one) => one.getAttribute('stroke-width') === '0.75');
    expect(groups.map((one) => [one.querySelectorAll('path').length, one.getAttribute('opacity')])).toEqual([
      ...[
        [2, '0.18'],
        [1, '0.18'],
        [2, null],
      ],
    ]);
  });

  it('leads lines from the question to its true neighbours, where their marks are', () => {
    const rays = all('path')
      .map((one) => one.getAttribute('d')!)
      .filter((d) => /^M[\d. ]+L/.test(d));
    expect(rays.map((d) => d.split('M').length - 1)).toEqual([1, 2]);
    const places = all('path').map((one) => /translate\((.*)\)/.exec(one.getAttribute('transform') ?? '')?.[1]);
    for (const end of rays.join('').match(/(?<=L)[\d. ]+/g)!) expect(places).toContain(end);
  });

  it('is as large as all that stands on it', () => {
    const [, , wide, high] = root.getAttribute('viewBox')!.split(' ').map(Number);
    const ys = all('text').flatMap((one) => (one.hasAttribute('y') ? [Number(one.getAttribute('y'))] : []));
    expect(Math.max(...ys)).toBeLessThan(high!);
    for (const one of all('g')) {
      const [x] = (/translate\((.*)\)/.exec(one.getAttribute('transform') ?? '')?.[1] ?? '0').split(' ').map(Number);
      expect(x).toBeLessThan(wide!);
    }
  });
});
