import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { previewValue, summarize } from './preview.js';

const TREE = 'application/vnd.loom.tree+json';
const TABLE = 'application/vnd.loom.table+json';

describe('pictures of JavaScript values', () => {
  it.each<[unknown, string, string | undefined, string]>([
    [3, 'number', undefined, '3'],
    [true, 'boolean', undefined, 'true'],
    [Number.NaN, 'number', undefined, 'NaN'],
    ['hi', 'string', '2 characters', 'hi'],
    [null, 'null', undefined, 'null'],
    [undefined, 'undefined', undefined, 'undefined'],
    [12n, 'bigint', undefined, '12'],
    [new Date(0), 'Date', undefined, '1970-01-01T00:00:00.000Z'],
    [new Uint8Array([1, 255]), 'Uint8Array', '2 bytes', '01 ff'],
    [[1, 2], 'number[]', '2 items', '[1,2]'],
    [{ a: 1 }, 'object', '1 key', '{"a":1}'],
    [new Map([['a', 1]]), 'Map', '1 item', 'Map {"a":1}'],
    [new Float64Array(2), 'Float64Array', '2 items', 'Float64Array [0,0]'],
    [[1][Symbol.iterator](), 'stream', undefined, 'stream'],
    [(async function* () {})(), 'stream', undefined, 'stream'],
  ])('[V4] %s', (value, typeName, shape, text) => {
    const summary = summarize(value);
    expect([summary.typeName, summary.shape, summary.preview.data['text/plain']]).toEqual([typeName, shape, text]);
  });

  it('[V6] in a tree, what JSON does not have is told from text', () => {
    const { data } = previewValue([Number.NaN, 'NaN', 5n, new Date(0)]);
    expect(data[TREE]).toEqual([{ $text: 'NaN' }, 'NaN', { $text: '5' }, { $text: '1970-01-01T00:00:00.000Z' }]);
    expect(data['text/plain']).toBe('["NaN","NaN","5","1970-01-01T00:00:00.000Z"]');
  });

  it('[V6] a long text is shortened, and more of it comes when asked for, up to a bound', () => {
    const text = 'x'.repeat(2_000_000);
    const lengthOf = (limit?: number) =>
      String(previewValue(text, limit === undefined ? undefined : { limit }).data['text/plain']).length;
    expect([lengthOf(), lengthOf(5), lengthOf(50_000), lengthOf(9_000_000)]).toEqual([
      10_000, 10_000, 50_000, 1_000_000,
    ]);
    expect(previewValue('x'.repeat(50_000), { limit: 50_000 }).truncated).toBe(false);
  });

  it('[V5] a list of objects is a table, with pages', () => {
    const rows = [
      { a: 1, b: 'x' },
      { a: null, c: [1, 2] },
      { a: 2.5, b: { deep: 1 } },
    ];
    expect(summarize(rows).shape).toBe('3 × 3');
    expect(previewValue(rows, { offset: 1, limit: 1 }).data[TABLE]).toEqual({
      columns: [
        { name: 'a', type: 'number' },
        { name: 'b', type: 'mixed' },
        { name: 'c', type: 'number[]' },
      ],
      rows: [[null, null, 'array (2 items)']],
      total: 3,
      offset: 1,
    });
    expect(previewValue(rows, { offset: 99 }).data[TABLE]).toMatchObject({ rows: [], offset: 3 });
  });

  it('[V6] cuts and cycles are marked', () => {
    const cycle: unknown[] = [1];
    cycle.push(cycle);
    expect(previewValue(cycle)).toMatchObject({ data: { [TREE]: [1, { $text: '[circular]' }] } });
    const long = previewValue(Array.from({ length: 60 }, (_, i) => i));
    expect((long.data[TREE] as unknown[]).at(-1)).toEqual({ $cut: 10 });
    expect(long.truncated).toBe(true);
    const wide = previewValue(Object.fromEntries(Array.from({ length: 60 }, (_, i) => [`k${i}`, i])));
    expect(wide.data[TREE]).toMatchObject({ k0: 0, $cut: 10 });
    expect(previewValue([[[[[[[1]]]]]]]).data[TREE]).toEqual([[[[[[{ $cut: 1 }]]]]]]);
  });

  it('[V6] a value that resists is said to, and nothing throws', () => {
    const hostile = new Proxy(
      {},
      {
        ownKeys: () => {
          throw new Error('no');
        },
      },
    );
    const getter = {
      get x(): never {
        throw new Error('never');
      },
    };
    expect(summarize(hostile).preview.data['text/plain']).toMatch(/cannot be shown.*no/);
    expect(summarize(getter).preview.data['text/plain']).toMatch(/cannot be shown.*never/);
  });

  it('[V6] whatever the value is, its picture is small JSON', () => {
    fc.assert(
      fc.property(
        fc.anything({
          withBigInt: true,
          withDate: true,
          withMap: true,
          withSet: true,
          withTypedArray: true,
          withNullPrototype: true,
        }),
        (value) => {
          const { preview } = summarize(value);
          expect(JSON.stringify(preview).length).toBeLessThan(100_000);
          expect(JSON.parse(JSON.stringify(preview))).toStrictEqual(preview);
        },
      ),
    );
  });
});
