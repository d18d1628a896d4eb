import { expect, test } from 'vitest';
import { contentHash } from './content-hash.js';

test('the hash of a text is the same in every release', () => {
  expect([contentHash(''), contentHash('loom'), contentHash('é😀')]).toEqual([
    '886b43ad6fbbd04b',
    'c1d5489073ff45f3',
    '7390751c2319b35a',
  ]);
});

test('texts that differ in one place, in order or in length have different hashes', () => {
  const texts = ['', ' ', '\0', '\0\0', 'ab', 'ba', 'a', 'aa', 'aaa'];
  for (let index = 0; index < 50_000; index++) texts.push(`def f${index}(x):\n    return x + ${index}\n`);
  expect(new Set(texts.map(contentHash)).size).toBe(texts.length);
});

test('one changed bit changes about half of the bits', () => {
  const base = 'a'.repeat(200);
  const flips = Array.from({ length: 200 }, (_, place) => {
    const changed = `${base.slice(0, place)}b${base.slice(place + 1)}`;
    const difference = BigInt(`0x${contentHash(base)}`) ^ BigInt(`0x${contentHash(changed)}`);
    return difference.toString(2).replaceAll('0', '').length;
  });
  const mean = flips.reduce((sum, count) => sum + count, 0) / flips.length;
  expect(mean).toBeGreaterThan(28);
  expect(mean).toBeLessThan(36);
  expect(Math.min(...flips)).toBeGreaterThan(10);
});
