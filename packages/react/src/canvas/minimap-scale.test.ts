import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mapScale, SIZE, toFlow, toMap } from './minimap-scale.js';

const box = fc.record({
  x: fc.integer({ min: -50_000, max: 50_000 }),
  y: fc.integer({ min: -50_000, max: 50_000 }),
  width: fc.integer({ min: 1, max: 50_000 }),
  height: fc.integer({ min: 1, max: 50_000 }),
});

test('the flow and what one sees of it are both on the map, and a point there is where it was', () => {
  fc.assert(
    fc.property(fc.option(box, { nil: undefined }), box, (flow, view) => {
      const scale = mapScale(flow, view);
      for (const shown of flow === undefined ? [view] : [flow, view]) {
        const { x, y, width, height } = toMap(shown, scale);
        expect(Math.min(x, y)).toBeGreaterThan(0);
        expect(x + width).toBeLessThan(SIZE.width);
        expect(y + height).toBeLessThan(SIZE.height);
        expect(toFlow({ x, y }, scale).x).toBeCloseTo(shown.x, 3);
      }
    }),
  );
});
