import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodePortable } from './decode.js';
import { encodePortable } from './encode.js';

const bytes = fc.uint8Array({ maxLength: 20 });

/** Values that come back as they went. Maps have a key that is no text, because others become objects. */
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, depthIdentifier: 'value' },
    fc.oneof(fc.integer(), fc.double(), fc.boolean(), fc.bigInt(), fc.constantFrom(null, undefined)),
    fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('\ud800', '__proto__', '$', '\u0000')),
    fc.date({ noInvalidDate: true }),
    fc.oneof(
      bytes,
      fc.float64Array({ maxLength: 5 }),
      fc.bigInt64Array({ maxLength: 5 }),
      fc.int16Array({ maxLength: 5 }),
    ),
    fc.array(tie('value'), { maxLength: 5 }),
    fc.array(tie('value'), { maxLength: 5 }).map((items) => new Set(items)),
    fc
      .array(fc.tuple(fc.oneof(fc.string(), fc.constantFrom('$', '__proto__', 'v')), tie('value')), { maxLength: 5 })
      .map((entries) => Object.fromEntries(entries)),
    fc
      .array(fc.tuple(fc.integer(), tie('value')), { minLength: 1, maxLength: 5 })
      .map((entries) => new Map<unknown, unknown>(entries)),
  ),
}));

describe('portable values', () => {
  it('[V1] every value that can be written comes back the same', () => {
    fc.assert(
      fc.property(value, (given) => {
        expect(decodePortable(encodePortable(given))).toStrictEqual(given);
      }),
      { numRuns: 500 },
    );
  });

  it('[V1] plain JSON stays plain', () => {
    const given = { a: [1, 2.5, 'x', true, null, { b: [] }] };
    expect(encodePortable(given)).toEqual({ head: JSON.stringify(given), buffers: [] });
  });

  it.each([
    [-0, '-0.0'],
    [3, '3'],
    [2 ** 53, '9007199254740992.0'],
    [1e300, '1e+300'],
    [Number.NaN, '{"$":"float","v":"nan"}'],
    [12n, '{"$":"int","v":"12"}'],
    [new Map([['a', 1]]), '{"$":"dict","v":[["a",1]]}'],
    [new Map(), '{"$":"dict","v":[]}'],
    [{ $: 1 }, '{"$":"dict","v":[["$",1]]}'],
    [new Set([1, 2]), '{"$":"set","v":[1,2]}'],
  ])('[V1] %s is written as %s', (given, head) => {
    expect(encodePortable(given).head).toBe(head);
  });

  it('[V1] an array of several dimensions keeps its shape both ways', () => {
    const matrix = { data: new Float32Array([1, 2, 3, 4, 5, 6]), shape: [2, 3] };
    const portable = encodePortable(matrix);
    expect(portable.head).toBe('{"$":"array","dtype":"<f4","shape":[2,3],"i":0}');
    expect(decodePortable(portable)).toStrictEqual(matrix);
  });

  it('[V1] buffers are copies, so that they can be transferred away', () => {
    const given = new Uint8Array([1, 2, 3]).subarray(1);
    const { buffers } = encodePortable(given);
    expect(buffers.map((buffer) => [...new Uint8Array(buffer as ArrayBuffer)])).toEqual([[2, 3]]);
    expect(buffers[0]).not.toBe(given.buffer);
  });

  it.each([
    ['{"$":"tuple","v":[1,{"$":"tuple","v":[]}]}', [1, []]],
    ['{"$":"date","v":"2026-01-31"}', '2026-01-31'],
    ['{"$":"datetime","v":"2026-01-31T10:00:00.123456"}', new Date('2026-01-31T10:00:00.123Z')],
    ['{"$":"datetime","v":"2026-01-31T10:00:00+02:00"}', new Date('2026-01-31T08:00:00Z')],
    ['{"$":"dict","v":[["a",{"$":"int","v":"1"}]]}', { a: 1n }],
    ['{"\\u0024":"int","v":"1"}', 1n],
    ['[{"$":"time","v":"10:00:00"},{"$":"decimal","v":"0.10"},{"$":"path","v":"/a"}]', ['10:00:00', '0.10', '/a']],
    ['{"$":"timedelta","v":[-1,86399,500000]}', -0.5],
    ['{"$":"complex","v":[1,{"$":"float","v":"inf"}]}', { re: 1, im: Number.POSITIVE_INFINITY }],
  ])('[V1] %s of another writer is understood', (head, expected) => {
    expect(decodePortable({ head, buffers: [] })).toStrictEqual(expected);
  });

  class Point {
    x = 1;
  }
  const cycle: Record<string, unknown> = {};
  cycle.rows = [{ self: cycle }];

  it.each<[string, unknown, string]>([
    ['a function', { rows: [0, { when: () => 1 }] }, 'rows[1].when'],
    ['a symbol', { 'a b': Symbol('x') }, '["a b"]'],
    ['a promise', [Promise.resolve()], '[0]'],
    ['an instance of Point', { point: new Point() }, 'point'],
    ['an invalid date', { when: new Date(Number.NaN) }, 'when'],
    ['a cycle', cycle, 'rows[0].self'],
    ['a function in a map', new Map([[1, [() => 1]]]), '[0][0]'],
    ['a function alone', () => 1, 'the value'],
  ])('[V2] %s is refused with its path', (_what, given, path) => {
    expect(() => encodePortable(given)).toThrow(
      expect.objectContaining({
        code: 'value/not-portable',
        context: { path },
        message: expect.stringContaining(path),
      }),
    );
  });

  it('[V2] depth and size are bounded', () => {
    let deep: unknown = 1;
    for (let i = 0; i < 200; i++) deep = [deep];
    expect(decodePortable(encodePortable(deep))).toEqual(deep);
    expect(() => encodePortable([deep])).toThrow(/200 levels/);
    expect(() => encodePortable(new Array(1_000_001).fill(0))).toThrow(/1000000 items/);
  });

  it('[V2] the same object twice is no cycle', () => {
    const shared = { a: 1 };
    expect(decodePortable(encodePortable([shared, shared]))).toEqual([{ a: 1 }, { a: 1 }]);
  });

  it.each([
    'nonsense',
    '{"$":"what"}',
    '{"$":"bytes","i":0}',
    '{"$":"int","v":"x"}',
    '{"$":"dict","v":[[1]]}',
    '{"$":"datetime","v":"x"}',
    '{"$":"set"}',
    '{"$":"decimal","v":1}',
    '{"$":"timedelta","v":[1,"2",3]}',
    '{"$":"complex","v":[1]}',
    '{"$":"file","name":"a","type":"","i":0}',
  ])('[V3] a damaged head %s is an error, not a wrong value', (head) => {
    expect(() => decodePortable({ head, buffers: [] })).toThrow(expect.objectContaining({ code: 'value/malformed' }));
  });

  it('[V3] keys of prototypes do not reach prototypes', () => {
    const given = JSON.parse('{"__proto__": {"polluted": 1}, "set": {"$": 1}}');
    const back = decodePortable(encodePortable(given)) as object;
    expect(Object.keys(back)).toEqual(['__proto__', 'set']);
    expect(Object.getPrototypeOf(back)).toBe(Object.prototype);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });
});
