import type { InputPort } from '@loom/graph';
import { expect, test } from 'vitest';
import {
  DEFAULT_WIDTH,
  HEADER_HEIGHT,
  MAX_TITLED_WIDTH,
  MIN_WIDTH,
  nodeGeometry,
  ROW_HEIGHT,
  ROWS_PADDING,
} from './node-geometry.js';

const input = (id: string, more: Partial<InputPort> = {}): InputPort => ({
  id,
  title: id,
  type: { kind: 'number' },
  required: false,
  ...more,
});
const base = {
  title: 'Base',
  inputs: [input('a'), input('b')],
  outputs: [{ id: 'o', title: 'o', type: { kind: 'number' } as const }],
  connected: new Set<string>(),
  size: undefined,
  collapsed: false,
  previewHeight: 0,
};
const body = HEADER_HEIGHT + 2 * ROWS_PADDING + 3 * ROW_HEIGHT;

test('outputs come first, then inputs, each in the middle of its row', () => {
  const first = HEADER_HEIGHT + ROWS_PADDING + ROW_HEIGHT / 2;
  expect(nodeGeometry(base)).toEqual({
    width: DEFAULT_WIDTH,
    height: body,
    previewHeight: 0,
    handles: [
      { id: 'o', side: 'source', x: DEFAULT_WIDTH, y: first },
      { id: 'a', side: 'target', x: 0, y: first + ROW_HEIGHT },
      { id: 'b', side: 'target', x: 0, y: first + 2 * ROW_HEIGHT },
    ],
  });
});

test('a preview makes the node higher, unless someone gave it a size', () => {
  expect(nodeGeometry({ ...base, previewHeight: 100 })).toMatchObject({ height: body + 100, previewHeight: 100 });
  const sized = nodeGeometry({ ...base, previewHeight: 100, size: { width: 400, height: body + 40 } });
  expect(sized).toMatchObject({ width: 400, height: body + 40, previewHeight: 40 });
});

test('a node never hides its ports, and never gets too narrow', () => {
  expect(nodeGeometry({ ...base, size: { width: 10, height: 10 } })).toMatchObject({ width: MIN_WIDTH, height: body });
});

test('a text of several lines is tall until a wire brings it', () => {
  const text = input('text', { type: { kind: 'string' }, widget: { kind: 'text', multiline: true } });
  const alone = nodeGeometry({ ...base, inputs: [text], outputs: [] });
  const wired = nodeGeometry({ ...base, inputs: [text], outputs: [], connected: new Set(['text']) });
  expect(alone.height).toBeGreaterThan(wired.height);
  expect(wired.height).toBe(HEADER_HEIGHT + 2 * ROWS_PADDING + ROW_HEIGHT);
});

test('a collapsed node is its header, with all ports at its middle', () => {
  const { height, handles } = nodeGeometry({ ...base, collapsed: true, previewHeight: 100 });
  expect(height).toBe(HEADER_HEIGHT);
  expect(new Set(handles.map(({ y }) => y))).toEqual(new Set([HEADER_HEIGHT / 2]));
});

test('a long title makes the node wider, up to a limit, unless someone gave it a size', () => {
  const width = (title: string) => nodeGeometry({ ...base, title }).width;
  expect(width('Mass by species')).toBe(DEFAULT_WIDTH);
  expect(width('Drop rows without a mass')).toBeGreaterThan(DEFAULT_WIDTH);
  expect(width('Drop rows without a mass')).toBeLessThan(MAX_TITLED_WIDTH);
  expect(width('W'.repeat(500))).toBe(MAX_TITLED_WIDTH);
  expect(width('企鹅的体重按种类分组和岛屿')).toBeGreaterThan(DEFAULT_WIDTH);
  expect(nodeGeometry({ ...base, title: 'W'.repeat(500), size: { width: 200, height: 0 } }).width).toBe(200);
});
