import { zoneType } from '@loom/graph';
import { expect, test } from 'vitest';
import { HEADER_HEIGHT, ROW_HEIGHT, ROWS_PADDING } from './node-geometry.js';
import { RAIL_WIDTH, ZONE_PADDING, zoneGeometry } from './zone-geometry.js';

const { inputs, outputs } = zoneType('loom/for-each', { kind: 'for-each' }, undefined);
const base = {
  inputs,
  outputs,
  connected: new Set<string>(),
  size: { width: 500, height: 300 },
  collapsed: false,
  previewHeight: 0,
  content: undefined,
};
const head = HEADER_HEIGHT + ROW_HEIGHT + 2 * ROWS_PADDING;

test('outer ports stand at the sides of the head, inner ones within the body', () => {
  const { handles } = zoneGeometry(base);
  const outer = HEADER_HEIGHT + ROWS_PADDING + ROW_HEIGHT / 2;
  const inner = head + ROWS_PADDING + ROW_HEIGHT / 2;
  expect(handles.map(({ id, side, x, y }) => [id, side, x, y])).toEqual([
    ['item', 'source', RAIL_WIDTH, inner],
    ['index', 'source', RAIL_WIDTH, inner + ROW_HEIGHT],
    ['result', 'source', 500, outer],
    ['items', 'target', 0, outer],
    ['result', 'target', 500 - RAIL_WIDTH, inner],
  ]);
});

test('a zone is never smaller than what lies in it', () => {
  const { width, height } = zoneGeometry({ ...base, content: { right: 700, bottom: 500 } });
  expect([width, height]).toEqual([700 + ZONE_PADDING, 500 + ZONE_PADDING]);
  expect(zoneGeometry(base)).toMatchObject({ width: 500, height: 300 });
});

test('its result takes a strip of its own below what lies in it', () => {
  const { height, previewHeight } = zoneGeometry({ ...base, content: { right: 100, bottom: 290 }, previewHeight: 200 });
  expect(previewHeight).toBe(72);
  expect(height).toBe(290 + ZONE_PADDING + 72);
});

test('folded, all its wires end at its header', () => {
  const { height, handles } = zoneGeometry({ ...base, collapsed: true });
  expect(height).toBe(HEADER_HEIGHT);
  expect(new Set(handles.map(({ y }) => y))).toEqual(new Set([HEADER_HEIGHT / 2]));
});
