import { expect, test } from 'vitest';
import { flowOf } from '../editor/fixture.js';
import { joinedAt, pointNear } from './joints.js';

const at = { x: 0, y: 0 };
const number = { type: 'test/number', position: at };
const led = (...points: { x: number; y: number }[]) => ({ view: { points } });
const { edges: plain } = flowOf({ a: number, b: number }, ['a.value -> b.value', 'a.value -> b.value']);
const edges = {
  e1: { ...plain.e1, ...led({ x: 10, y: 10 }, { x: 50, y: 10 }) },
  e2: { ...plain.e2, ...led({ x: 50, y: 10 }) },
} as typeof plain;

test('wires run together where points of theirs lie at the same place', () => {
  expect(joinedAt(edges, { x: 50, y: 10 }).map(({ wire, at: index }) => [wire, index])).toEqual([
    ['e1', 1],
    ['e2', 0],
  ]);
  expect(joinedAt(edges, { x: 10, y: 10 })).toHaveLength(1);
  expect(joinedAt(plain, { x: 10, y: 10 })).toEqual([]);
});

test('the nearest point of another wire is found within reach', () => {
  expect(pointNear(edges, { x: 14, y: 10 }, 8, new Set(['e2']))).toEqual({ x: 10, y: 10 });
  expect(pointNear(edges, { x: 46, y: 10 }, 8, new Set(['e1']))).toEqual({ x: 50, y: 10 });
  expect(pointNear(edges, { x: 14, y: 10 }, 8, new Set(['e1']))).toBeUndefined();
  expect(pointNear(edges, { x: 14, y: 10 }, 3, new Set(['e2']))).toBeUndefined();
});
