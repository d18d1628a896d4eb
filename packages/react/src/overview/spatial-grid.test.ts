import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Box } from '../layout/box.js';
import { SpatialGrid } from './spatial-grid.js';

const place = fc.integer({ min: -20_000, max: 20_000 });
const box = fc.record({
  x: place,
  y: place,
  width: fc.oneof(fc.integer({ min: 0, max: 900 }), fc.integer({ min: 0, max: 30_000 })),
  height: fc.integer({ min: 0, max: 900 }),
});
const touch = (a: Box, b: Box) =>
  a.x <= b.x + b.width && b.x <= a.x + a.width && a.y <= b.y + b.height && b.y <= a.y + a.height;

test('a search finds what touches an area and nothing else, whatever was put in, moved and taken out', () => {
  const step = fc.record({ id: fc.constantFrom('a', 'b', 'c', 'd', 'e'), box: fc.option(box, { nil: undefined }) });
  fc.assert(
    fc.property(fc.array(step), box, (steps, area) => {
      const grid = new SpatialGrid<string>();
      const expected = new Map<string, Box>();
      for (const { id, box: at } of steps) {
        if (at === undefined) {
          grid.delete(id);
          expected.delete(id);
        } else {
          grid.set(id, at, id);
          expected.set(id, at);
        }
      }
      expect(grid.size).toBe(expected.size);
      const inside = [...expected].filter(([, at]) => touch(at, area)).map(([id]) => id);
      expect(grid.search(area).sort()).toEqual(inside.sort());
    }),
  );
});

test('a place that is no place is kept out of the grid and found nowhere', () => {
  const grid = new SpatialGrid<string>();
  grid.set('lost', { x: Number.NaN, y: 0, width: 10, height: 10 }, 'lost');
  grid.set('far', { x: 1e300, y: 0, width: 10, height: 10 }, 'far');
  expect(grid.search({ x: -1e6, y: -1e6, width: 2e6, height: 2e6 })).toEqual([]);
});
