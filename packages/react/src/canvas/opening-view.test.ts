import { expect, test } from 'vitest';
import { openingNodes, openingViewport } from './opening-view.js';

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

const phone = { width: 390, height: 700 };
const row = (count: number) =>
  Array.from({ length: count }, (_, at) => ({ x: 100 + at * 300, y: 50, width: 240, height: 100 }));

test('what can be read as a whole is shown as a whole', () => {
  const { x, y, zoom } = openingViewport(row(2), phone, false) ?? { x: 0, y: 0, zoom: 0 };
  expect(zoom).toBeGreaterThan(0.5);
  expect([x + 100 * zoom, y + 50 * zoom].every((edge) => edge > 0)).toBe(true);
  expect(x + 640 * zoom).toBeLessThan(phone.width);
});

test('what would be too small begins at its first node, close enough to be read', () => {
  expect(openingViewport(row(6), phone, false)).toEqual({ x: 24 - 75, y: 350 - 75, zoom: 0.75 });
  const tall = [...row(6), { x: 700, y: 3000, width: 240, height: 100 }];
  expect(openingViewport(tall, phone, false)).toEqual({ x: 24 - 75, y: 350 - 75, zoom: 0.75 });
});

test('an empty flow leaves the view alone', () => {
  expect(openingViewport([], phone, false)).toBeUndefined();
});

test('the beginning of a large flow is never so small that it becomes a picture', () => {
  const wide = { width: 620, height: 700 };
  expect(openingViewport(row(5), wide, false)?.zoom).toBeCloseTo(0.36, 1);
  expect(openingViewport(row(5), wide, true)?.zoom).toBe(0.75);
});
