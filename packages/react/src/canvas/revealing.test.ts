import fc from 'fast-check';
import { expect, test } from 'vitest';
import { revealing } from './revealing.js';

const room = { width: 800, height: 600 };
const viewport = { x: 0, y: 0, zoom: 1 };

test('what is seen already moves nothing', () => {
  expect(revealing(viewport, room, { x: 100, y: 100, width: 200, height: 100 })).toBe(viewport);
});

test('the view moves only as far as it takes', () => {
  expect(revealing(viewport, room, { x: 700, y: 100, width: 200, height: 100 })).toEqual({ x: -132, y: 0, zoom: 1 });
  expect(revealing(viewport, room, { x: -50, y: -60, width: 200, height: 100 })).toEqual({ x: 82, y: 92, zoom: 1 });
});

test('what fits is seen whole from wherever one looks, and of what does not the beginning', () => {
  const numbers = fc.integer({ min: -5000, max: 5000 });
  const zooms = fc.constantFrom(0.1, 0.5, 1, 2);
  const sizes = fc.integer({ min: 1, max: 3000 });
  fc.assert(
    fc.property(numbers, numbers, zooms, numbers, numbers, sizes, sizes, (x, y, zoom, left, top, width, height) => {
      const box = { x: left, y: top, width, height };
      const seen = revealing({ x, y, zoom }, room, box);
      const start = seen.x + left * zoom;
      const end = start + width * zoom;
      expect(start).toBeGreaterThanOrEqual(31.5);
      if (width * zoom <= room.width - 64) expect(end).toBeLessThanOrEqual(room.width - 31.5);
      else expect(Math.abs(start - 32)).toBeLessThan(0.5);
      expect(revealing(seen, room, box)).toEqual(seen);
    }),
  );
});
