import { expect, test } from 'vitest';
import { align, distribute } from './align.js';

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
