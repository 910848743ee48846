import { expect, it } from 'vitest';
import { course } from './course.ts';
import { fetchPack, linkedPack, parsePack } from './link.ts';
import { PackError, packLimit, packOf } from './pack.ts';

const base = 'https://school.example/carrel/index.html';

it('finds the pack that an address names, on the page’s own site only', () => {
  expect(linkedPack('', base)).toBeNull();
  expect(linkedPack('?lesson=', base)).toBeNull();
  expect(linkedPack('?lesson=packs/week-1.json', base)).toBe('https://school.example/carrel/packs/week-1.json');
  expect(linkedPack('?lesson=/week-1.json', base)).toBe('https://school.example/week-1.json');
  for (const foreign of [
    'https://elsewhere.example/p.json',
    '//elsewhere.example/p.json',
    'http://school.example/p.json',
  ])
    expect(() => linkedPack(`?lesson=${encodeURIComponent(foreign)}`, base)).toThrow(
      'packs of its own site (school.example)',
    );
  for (const foreign of [
    'data:application/json,{}',
    'blob:https://elsewhere.example/1',
    'javascript:1',
    'file:///p.json',
  ])
    expect(() => linkedPack(`?lesson=${encodeURIComponent(foreign)}`, base)).toThrow('was not fetched');
  expect(() => linkedPack('?lesson=https://', base)).toThrow('“https://” is no address');
});

it('tells why a pack cannot be had, and follows no redirect', async () => {
  const answered = (response: Response) => (_: unknown, init?: RequestInit) => {
    expect(init?.redirect).toBe('error');
    return Promise.resolve(response);
  };
  await expect(fetchPack('https://a/p', answered(new Response('', { status: 404 })))).rejects.toThrow(
    'answered with 404',
  );
  await expect(fetchPack('https://a/p', () => Promise.reject(new TypeError('x')))).rejects.toThrow(
    'could not be fetched',
  );
  await expect(fetchPack('https://a/p', answered(new Response('<html>')))).rejects.toThrow(PackError);
  expect(await fetchPack('https://a/p', answered(new Response(packOf(course))))).toEqual(course);
});

it('reads no file that is too large', async () => {
  await expect(parsePack(new Blob(['x'.repeat(packLimit + 1)]))).rejects.toThrow('1000001 bytes');
});
