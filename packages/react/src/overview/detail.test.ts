import { expect, test } from 'vitest';
import { detailAt } from './detail.js';

test.each([
  [1, 10, 'near', 'near'],
  [0.39, 10, 'near', 'far'],
  [0.19, 10, 'far', 'overview'],
  [0.205, 10, 'overview', 'overview'],
  [0.22, 10, 'overview', 'far'],
  [0.39, 5000, 'near', 'overview'],
  [0.41, 5000, 'overview', 'overview'],
  [0.44, 5000, 'overview', 'near'],
] as const)('at zoom %d with %d nodes, after %s, detail is %s', (zoom, nodes, before, expected) => {
  expect(detailAt(zoom, nodes, before)).toBe(expected);
});
