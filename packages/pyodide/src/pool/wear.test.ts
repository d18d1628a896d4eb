import { expect, it } from 'vitest';
import { isWorn } from './wear.js';

it.each([
  [{ tasks: 9, heapBytes: 99 }, 'fresh'],
  [{ tasks: 10, heapBytes: 0 }, 'worn'],
  [{ tasks: 0, heapBytes: 100 }, 'worn'],
  [{ tasks: 20, heapBytes: 0 }, 'worn-out'],
  [{ tasks: 1, heapBytes: 250 }, 'worn-out'],
] as const)('%o is %s', (session, expected) => {
  expect(isWorn(session, { tasks: 10, heapBytes: 100 })).toBe(expected);
});
