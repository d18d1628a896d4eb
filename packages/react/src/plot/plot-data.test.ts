import { describe, expect, it } from 'vitest';
import { TABLE_MIME, TREE_MIME } from '../previews/choose-preview.js';
import { extremes, metricPlot, tablePlot } from './plot-data.js';
import { isPlottable, plotRows } from './plot-form.js';

const columns = [
  { name: 'name', type: 'str' },
  { name: 'mass', type: 'float64' },
  { name: 'count', type: 'int' },
];

describe('plots', () => {
  it('draw the numeric columns of a table, with gaps where there is no number', () => {
    expect(
      tablePlot(columns, [
        ['a', 1.5, 2],
        ['b', null, 3],
        ['c', 'nan', 4],
      ]),
    ).toEqual({
      x: [0, 1, 2],
      lines: [
        { name: 'mass', values: [1.5, null, null] },
        { name: 'count', values: [2, 3, 4] },
      ],
    });
  });

  it('draw no more lines than can be told apart', () => {
    const many = Array.from({ length: 20 }, (_, at) => ({ name: `c${at}`, type: 'int' }));
    expect(tablePlot(many, []).lines).toHaveLength(6);
  });

  it('draw a metric over its steps', () => {
    const points = [
      { step: 0, value: 3, at: 1 },
      { step: 10, value: null, at: 2 },
    ];
    expect(metricPlot('loss', { points, last: { step: 10, value: null, at: 2 } })).toEqual({
      x: [0, 10],
      lines: [{ name: 'loss', values: [3, null] }],
    });
  });

  it('say the range of a line', () => {
    expect(extremes([null, 3, -1, 2, null])).toEqual({ least: -1, most: 3, last: 2 });
    expect(extremes([null])).toBeUndefined();
  });
});

describe('what can be plotted', () => {
  it('is a table with numbers, and a list of numbers, also a cut one', () => {
    expect(isPlottable({ data: { [TABLE_MIME]: { columns, rows: [], total: 9, offset: 0 } }, truncated: true })).toBe(
      true,
    );
    expect(plotRows({ data: { [TREE_MIME]: [1, 2, { $cut: 8 }] } })).toEqual({
      columns: [{ name: 'value', type: 'number' }],
      rows: [[1], [2]],
      total: 10,
      offset: 0,
    });
  });

  it.each([
    { [TABLE_MIME]: { columns: [{ name: 'a', type: 'str' }], rows: [['x']], total: 9, offset: 0 } },
    { [TABLE_MIME]: 'broken' },
    { [TABLE_MIME]: { columns, rows: [['a', 1, 2]], total: 1, offset: 0 } },
    { [TREE_MIME]: ['a', 'b'] },
    { [TREE_MIME]: { a: 1, b: 2 } },
    { [TREE_MIME]: [] },
    { 'text/plain': '3' },
  ])('is not %j', (data) => {
    expect(isPlottable({ data, truncated: false })).toBe(false);
  });
});
