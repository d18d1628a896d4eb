import type { FlowFrame } from '@loom/graph';
import { expect, test } from 'vitest';
import { type Area, areaContents } from './area-contents.js';

const node = (id: string, x: number, y: number, more = {}) => ({
  id,
  position: { x, y },
  width: 100,
  height: 60,
  data: {},
  ...more,
});
const frame = (x: number, y: number, width: number, height: number): FlowFrame => ({
  kind: 'frame',
  position: { x, y },
  size: { width, height },
});
const all = {
  nodes: [node('a', 0, 0), node('b', 200, 0), node('zone', 180, -40, { width: 300, height: 200, dragHandle: 'x' })],
  edges: {
    inner: { source: 'a', sourcePort: 'o', target: 'b', targetPort: 'i' },
    outer: { source: 'b', sourcePort: 'o', target: 'zone', targetPort: 'i' },
  },
  frames: { small: frame(-10, -10, 120, 80), large: frame(-500, -500, 2000, 2000) },
};
const taken = (area: Area) => {
  const { nodes, edges, frames } = areaContents(area, all);
  return [...nodes, ...edges, ...frames];
};
const box = (x: number, y: number, width: number, height: number): Area => ({
  kind: 'box',
  box: { x, y, width, height },
});

test('a rectangle takes what is wholly in it, frames too, and wires with both ends', () => {
  expect(taken(box(-20, -20, 130, 100))).toEqual(['a', 'small']);
  expect(taken(box(-5, -5, 320, 80))).toEqual(['a', 'b', 'inner']);
  expect(taken(box(-20, -60, 600, 300))).toEqual(['a', 'b', 'zone', 'inner', 'outer', 'small']);
  expect(taken(box(10, 10, 40, 40))).toEqual([]);
});

test('a lasso takes the nodes whose middle it goes around, also where it turns inwards', () => {
  // Around both nodes from above, but not around what lies between them.
  const path = [
    { x: 30, y: -20 },
    { x: 270, y: -20 },
    { x: 270, y: 50 },
    { x: 230, y: 50 },
    { x: 230, y: 0 },
    { x: 70, y: 0 },
    { x: 70, y: 50 },
    { x: 30, y: 50 },
  ];
  expect(taken({ kind: 'lasso', path })).toEqual(['a', 'b', 'inner']);
  expect(taken({ kind: 'lasso', path: path.slice(0, 2) })).toEqual([]);
});
