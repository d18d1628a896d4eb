import { expect, test } from 'vitest';
import { openingNodes } from './opening-view.js';

const grid = (count: number) => ({
  nodes: Object.fromEntries(
    Array.from({ length: count }, (_, at) => [
      `n${at}`,
      { type: 't', position: { x: Math.floor(at / 25) * 300, y: (at % 25) * 150 } },
    ]),
  ),
});

test('a small flow opens on all of it', () => {
  expect(openingNodes(grid(200))).toBeUndefined();
  expect(openingNodes({ nodes: {} })).toBeUndefined();
});

test('a large flow opens on the nodes around its first', () => {
  const shown = openingNodes(grid(1000));
  expect(shown).toHaveLength(40);
  expect(shown?.slice(0, 3)).toEqual(['n0', 'n1', 'n2']);
  expect(shown).toContain('n25');
  expect(shown).not.toContain('n999');
});
