import type { RecordedSpan } from '@loom/engine';
import { expect, test } from 'vitest';
import { spanAt, ticks, timelineBars, timelineRows } from './timeline-rows.js';

const span = (node: string, start: number, end: number, more: Partial<RecordedSpan> = {}): RecordedSpan => ({
  kind: 'node',
  node,
  start,
  end,
  state: 'success',
  ...more,
});

test('each node has a row, in the order in which they began', () => {
  const spans = [span('late', 5, 9), span('zone', 1, 4, { kind: 'frame' }), span('early', 0, 2), span('early', 3, 4)];
  const run = { id: 'r', status: 'succeeded', startedAt: 0, pauses: [], dropped: 0, spans: () => spans } as const;
  expect(timelineRows(run).map(({ node, totalMs, spans: own }) => [node, totalMs, own.length])).toEqual([
    ['early', 3, 2],
    ['late', 4, 1],
  ]);
});

test('how a node in a zone ended in all is no time that it ran', () => {
  const frame = [{ node: 'zone', index: 0 }];
  const spans = [span('a', 0, 2, { frame }), span('a', 2, 2)];
  const run = { id: 'r', status: 'succeeded', startedAt: 0, pauses: [], dropped: 0, spans: () => spans } as const;
  expect(timelineRows(run)[0]?.spans).toEqual([spans[0]]);
});

test('spans that lie closer than one can see become one bar, which shows the worst of them', () => {
  const many = Array.from({ length: 100 }, (_, index) =>
    span('a', index, index + 0.9, { state: index === 40 ? 'error' : 'success' }),
  );
  const [only, ...others] = timelineBars(many, 1000, 0.01);
  expect(others).toEqual([]);
  expect(only).toMatchObject({ from: 0, count: 100, state: 'error' });
});

test('spans that lie apart stay apart', () => {
  const bars = timelineBars([span('a', 0, 10), span('a', 50, 60)], 100, 0.01);
  expect(bars.map(({ from, to }) => [from, to])).toEqual([
    [0, 0.1],
    [0.5, 0.6],
  ]);
});

test('a click finds the span that goes on then, else the nearest', () => {
  const spans = [span('a', 0, 10), span('a', 50, 60)];
  expect(spanAt(spans, 55)).toBe(spans[1]);
  expect(spanAt(spans, 20)).toBe(spans[0]);
  expect(spanAt([], 20)).toBeUndefined();
});

test('the axis has round times', () => {
  expect(ticks(95, 5)).toEqual([0, 20, 40, 60, 80]);
  expect(ticks(0, 5)).toEqual([0]);
});
