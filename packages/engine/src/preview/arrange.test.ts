import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PreviewRequest } from '../executor.js';
import type { TablePage } from '../value.js';
import { previewValue } from './preview.js';

const TABLE = 'application/vnd.loom.table+json';

const rows = [
  { name: 'b', mass: 3.5 },
  { name: 'a', mass: null },
  { name: 'c', mass: 10 },
  { name: 'B2', mass: Number.NaN },
  { name: 'a', mass: -1 },
];

function page(value: unknown, request: PreviewRequest): TablePage {
  return previewValue(value, request).data[TABLE] as unknown as TablePage;
}

function names(request: PreviewRequest): unknown[] {
  return page(rows, request).rows.map(([name]) => name);
}

describe('[V7] tables are sorted and filtered where they are', () => {
  it('numbers as numbers, what is missing last', () => {
    expect(names({ sort: { column: 1 } })).toEqual(['a', 'b', 'c', 'a', 'B2']);
    expect(names({ sort: { column: 1, descending: true } })).toEqual(['c', 'b', 'a', 'a', 'B2']);
  });

  it.each([
    [[{ column: 0, text: 'b' }], ['b', 'B2']],
    [[{ column: 1, text: '>= 3.5' }], ['b', 'c']],
    [[{ column: 1, text: '<0' }], ['a']],
    [
      [
        { column: 0, text: '=a' },
        { column: 1, text: '!=-1' },
      ],
      ['a'],
    ],
    [[{ column: 1, text: '>many' }], []],
    [[{ column: 9, text: 'x' }], []],
    [[{ column: 0, text: ' ' }], ['b', 'a', 'c', 'B2', 'a']],
  ])('with %j', (filters, found) => {
    expect(names({ filters })).toEqual(found);
  });

  it('pages are those of the arranged table', () => {
    expect(page(rows, { sort: { column: 0 }, offset: 1, limit: 2 })).toEqual({
      columns: [
        { name: 'name', type: 'string' },
        { name: 'mass', type: 'number' },
      ],
      rows: [
        ['a', null],
        ['a', -1],
      ],
      total: 5,
      offset: 1,
      arranged: true,
    });
  });

  it('a list of numbers too', () => {
    const found = page([5, 1, 3], { sort: { column: 0, descending: true } });
    expect(found.rows).toEqual([[5], [3], [1]]);
  });

  it('a table that is too large says so', () => {
    const preview = previewValue(new Float64Array(2_000_001), { sort: { column: 0 } });
    expect(preview.data['text/plain']).toContain('2,000,001 rows is not sorted');
  });

  it('every row comes once, in order, whatever the cells are', () => {
    const cell = fc.oneof(fc.double(), fc.string(), fc.constant(null), fc.boolean());
    fc.assert(
      fc.property(fc.array(cell, { minLength: 1, maxLength: 60 }), fc.boolean(), (cells, descending) => {
        const table = cells.map((value, id) => ({ id, value }));
        const { rows: found } = page(table, { sort: { column: 1, descending }, limit: 100 });
        expect(found.map(([id]) => Number(id)).sort((a, b) => a - b)).toEqual(cells.map((_, id) => id));
        const numbers = found.map(([id]) => cells[Number(id)]).filter((value) => typeof value === 'number');
        const there = numbers.filter((value) => !Number.isNaN(value));
        const ascending = [...there].sort((a, b) => a - b);
        expect(there).toEqual(descending ? ascending.reverse() : ascending);
      }),
    );
  });
});
