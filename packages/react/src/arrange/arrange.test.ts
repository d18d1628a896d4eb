import { expect, test } from 'vitest';
import { flowOf } from '../editor/fixture.js';
import { zoneFlow } from '../editor/zone-fixture.js';
import { align, distribute } from './align.js';
import { tidy } from './tidy.js';

const box = (id: string, x: number, y: number, width = 100, height = 50) => ({ id, x, y, width, height });

test('boxes are aligned at their outermost edge, or in the middle of all', () => {
  const boxes = [box('a', 0, 0), box('b', 50, 100, 200)];
  expect(align(boxes, 'left')).toEqual({ a: { x: 0, y: 0 }, b: { x: 0, y: 100 } });
  expect(align(boxes, 'right')).toEqual({ a: { x: 150, y: 0 }, b: { x: 50, y: 100 } });
  expect(align(boxes, 'center').a).toEqual({ x: 75, y: 0 });
  expect(align(boxes, 'middle')).toEqual({ a: { x: 0, y: 50 }, b: { x: 50, y: 50 } });
});

test('boxes are distributed with equal gaps; the first and the last stay', () => {
  const boxes = [box('c', 400, 0), box('a', 0, 0), box('b', 110, 7)];
  expect(distribute(boxes, 'across')).toEqual({ a: { x: 0, y: 0 }, b: { x: 200, y: 7 }, c: { x: 400, y: 0 } });
});

const place = { sizeOf: () => ({ width: 200, height: 100 }), headOf: () => 68 };

test('each node comes to stand right of what feeds it', () => {
  const at = { x: 0, y: 0 };
  const flow = flowOf(
    { c: { type: 'x', position: at }, b: { type: 'x', position: at }, a: { type: 'x', position: at } },
    ['a.o -> b.i', 'b.o -> c.i'],
  );
  const moved = tidy(flow, new Set(['a', 'b', 'c']), place);
  expect(moved).toEqual({ b: { x: 272, y: 0 }, c: { x: 544, y: 0 } });
});

test('what lies in a zone is placed within it, and the zone among the others as large as that needs', () => {
  const moved = tidy(zoneFlow, new Set(Object.keys(zoneFlow.nodes)), place);
  const at = (id: string) => moved[id] ?? zoneFlow.nodes[id]?.position ?? { x: 0, y: 0 };
  expect(at('each').x).toBeGreaterThan(at('ten').x + 200);
  expect(at('after').x).toBeGreaterThan(at('each').x + 200 + 2 * 136);
  expect(at('add').x).toBe(at('each').x + 136);
  expect(at('add').y).toBe(at('each').y + 68 + 48);
});
