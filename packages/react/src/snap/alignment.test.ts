import fc from 'fast-check';
import { expect, test } from 'vitest';
import { alignTo } from './alignment.js';

const other = { x: 100, y: 0, width: 200, height: 80 };

test('edges come to lie on edges and middles on middles, and a line shows it', () => {
  expect(alignTo({ x: 104, y: 300, width: 50, height: 50 }, [other], 6)).toEqual({
    by: { x: -4, y: 0 },
    guides: [{ from: { x: 100, y: 0 }, to: { x: 100, y: 350 } }],
  });
  expect(alignTo({ x: 173, y: 300, width: 50, height: 50 }, [other], 6).by).toEqual({ x: 2, y: 0 });
  expect(alignTo({ x: 400, y: 17, width: 50, height: 50 }, [other], 6)).toEqual({
    by: { x: 0, y: -2 },
    guides: [{ from: { x: 100, y: 40 }, to: { x: 450, y: 40 } }],
  });
});

test('what is out of reach, or may not move, stays', () => {
  expect(alignTo({ x: 110, y: 300, width: 50, height: 50 }, [other], 6)).toEqual({ by: { x: 0, y: 0 }, guides: [] });
  const end = { start: false, middle: false, end: true };
  expect(alignTo({ x: 103, y: 300, width: 199, height: 50 }, [other], 6, { x: end, y: end }).by).toEqual({
    x: -2,
    y: 0,
  });
});

test('a box never moves farther than the reach, and is in line wherever it was moved', () => {
  const place = fc.integer({ min: -500, max: 500 });
  const size = fc.integer({ min: 1, max: 300 });
  const box = fc.record({ x: place, y: place, width: size, height: size });
  fc.assert(
    fc.property(box, fc.array(box, { maxLength: 8 }), (moving, others) => {
      const { by, guides } = alignTo(moving, others, 6);
      expect(Math.max(Math.abs(by.x), Math.abs(by.y))).toBeLessThanOrEqual(6);
      const moved = { ...moving, x: moving.x + by.x, y: moving.y + by.y };
      expect(alignTo(moved, others, 6).by).toEqual({ x: 0, y: 0 });
      if (by.x !== 0 || by.y !== 0) expect(guides.length).toBeGreaterThan(0);
    }),
  );
});
