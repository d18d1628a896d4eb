import { expect, it } from 'vitest';
import { sizeOf } from './size.js';

const hostile = new Proxy(
  {},
  {
    ownKeys() {
      throw new Error('no');
    },
  },
);

it.each<[string, unknown, number, number]>([
  ['a number', 5, 1, 50],
  ['nothing', null, 1, 50],
  ['a text', 'x'.repeat(1_000), 1_000, 4_000],
  ['bytes', new Uint8Array(10_000), 10_000, 11_000],
  ['a buffer', new ArrayBuffer(10_000), 10_000, 11_000],
  ['a view', new DataView(new ArrayBuffer(100)), 100, 200],
  ['numbers', new Array(10_000).fill(1), 80_000, 90_000],
  ['texts of very different lengths', Array.from({ length: 1_000 }, (_, i) => 'x'.repeat(i)), 500_000, 2_000_000],
  ['rows', Array.from({ length: 10_000 }, (_, i) => ({ i, name: `row ${i}` })), 500_000, 3_000_000],
  ['a map', new Map(Array.from({ length: 1_000 }, (_, i) => [i, 'x'.repeat(100)])), 200_000, 500_000],
  ['a set', new Set(Array.from({ length: 1_000 }, (_, i) => `text ${i}`)), 20_000, 100_000],
  ['a wide object', Object.fromEntries(Array.from({ length: 1_000 }, (_, i) => [`k${i}`, 1.5])), 8_000, 50_000],
  ['one object many times', new Array(1_000).fill({ text: 'x'.repeat(1_000) }), 8_000, 100_000],
  ['a large integer', 2n ** 80_000n, 10_000, 11_000],
  ['a function', () => {}, 1, 100],
  ['what refuses to be looked at', hostile, 1, 100],
])('%s', (_name, value, atLeast, atMost) => {
  const size = sizeOf(value);
  expect(size).toBeGreaterThanOrEqual(atLeast);
  expect(size).toBeLessThanOrEqual(atMost);
});

it('a cycle and a deep chain have an end', () => {
  const cycle: { self?: unknown } = {};
  cycle.self = cycle;
  let deep: unknown = 1;
  for (let i = 0; i < 100_000; i++) deep = [deep];
  expect(sizeOf(cycle)).toBeLessThan(200);
  expect(sizeOf(deep)).toBeLessThan(2_000);
});

it('looks at a bounded part only', () => {
  let looks = 0;
  const item = () => ({
    get part() {
      looks++;
      return Array.from({ length: 100 }, () => [1]);
    },
  });
  sizeOf(Array.from({ length: 10_000 }, item));
  expect(looks).toBeLessThan(100);
});
