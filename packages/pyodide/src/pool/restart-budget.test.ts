import { expect, it } from 'vitest';
import { nextRestart } from './restart-budget.js';

it.each([
  [0, 0],
  [1, 0],
  [2, 500],
  [3, 1000],
  [4, undefined],
  [100, undefined],
])('after %i recent deaths the next restart waits %s ms', (deaths, wait) => {
  expect(nextRestart({ limit: 3, windowMs: 60_000, backOffMs: 500 }, deaths)).toBe(wait);
});
