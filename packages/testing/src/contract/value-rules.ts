import { decodePortable, type Executor, encodePortable, type TablePage } from '@loom/engine';
import { expect, it } from 'vitest';
import { literal, outputOf, perform, readValue, task } from './batches.js';
import type { ContractPrograms } from './programs.js';

/** One of each kind that every language has. In Python `1`, `1n` and `true` are equal, so no value depends on telling them apart. */
const VALUES: readonly (readonly [name: string, value: unknown])[] = [
  ['null', null],
  ['true', true],
  ['false', false],
  ['zero', 0],
  ['minus zero', -0],
  ['an integer', 42],
  ['the largest safe integer', Number.MAX_SAFE_INTEGER],
  ['an integral float beyond integers', 2 ** 60],
  ['a float', 0.1],
  ['a huge float', 1.7e308],
  ['a tiny float', 5e-324],
  ['not a number', Number.NaN],
  ['infinity', Infinity],
  ['minus infinity', -Infinity],
  ['a big integer', 12345678901234567890n],
  ['an empty text', ''],
  ['text that looks like a number', '007'],
  ['text in many scripts', 'ünïcödé 🧵 日本語 \u0000 \\ " \u2028'],
  ['half a surrogate pair', 'a\ud800b'],
  ['an empty list', []],
  ['a nested list', [1, [2, [3, []]], { deep: [null] }]],
  ['an empty object', {}],
  ['an object', { a: 1, 'b c': [true], '': null }],
  ['an object with the key of tags', { $: 'float', v: 'nan', other: { $: 1 } }],
  ['an object with a key of prototypes', JSON.parse('{"__proto__": {"polluted": true}, "constructor": 1}')],
  ['a set', new Set([2, 'a', null])],
  [
    'a map',
    new Map<unknown, unknown>([
      [1, 'one'],
      ['two', [2]],
    ]),
  ],
  ['a date', new Date('2026-01-31T12:34:56.789Z')],
  ['bytes', new Uint8Array([0, 1, 127, 128, 255])],
  ['no bytes', new Uint8Array([])],
  ['an array of doubles', new Float64Array([0, -1.5, Number.NaN, Infinity])],
  ['an array of integers', new Int32Array([1, -2, 2 ** 31 - 1])],
  ['values within values', { list: [new Set([2n ** 70n]), new Date(0)], map: new Map([[1, new Uint8Array([1])]]) }],
];

/** Whether values keep what they are on their way in, through and out. */
export function valueRules(executor: () => Executor, programs: ContractPrograms): void {
  it.each(VALUES)('[X8] %s goes through a task unchanged', async (_name, value) => {
    const echo = task(programs.echo, { value: literal(value) });
    const recording = await perform(executor(), [echo]);
    expect(await readValue(executor(), recording, echo)).toStrictEqual(value);
  });

  it.each(VALUES)('[X8] %s can be written and read', async (_name, value) => {
    const ref = await executor().write(encodePortable(value));
    expect(ref.executor).toBe(executor().id);
    expect(decodePortable(await executor().read(ref))).toStrictEqual(value);
    // Reading again must not find buffers that the first reading took away.
    expect(decodePortable(await executor().read(ref))).toStrictEqual(value);
  });

  it('[X9] a value that was let go cannot be read', async () => {
    const ref = await executor().write(encodePortable([1, 2]));
    executor().release([ref]);
    executor().release([ref]);
    await expect(executor().read(ref)).rejects.toMatchObject({ code: 'value/lost' });
  });

  it('[X10] a value that cannot leave says so when read, and still has a picture', async () => {
    const opaque = task(programs.opaque);
    const { ref, preview, typeName } = outputOf(await perform(executor(), [opaque]), opaque);
    expect(typeName).not.toBe('');
    expect(Object.keys(preview.data)).not.toEqual([]);
    await expect(executor().read(ref)).rejects.toMatchObject({ code: 'value/not-portable' });
  });

  it('[X11] a table shows its first rows, and any page on request', async () => {
    const table = task(programs.table, { rows: literal(1_000) });
    const { ref, preview } = outputOf(await perform(executor(), [table]), table);
    const first = pageOf(preview.data);
    expect(first.total).toBe(1_000);
    expect(first.offset).toBe(0);
    expect(first.rows.length).toBeLessThanOrEqual(100);
    expect(first.rows[0]).toEqual([0, 'row 0']);
    expect(first.columns.map((column) => column.name)).toEqual(['index', 'name']);
    expect(preview.truncated).toBe(true);

    const page = pageOf((await executor().preview(ref, { offset: 990, limit: 20 })).data);
    expect(page).toMatchObject({ total: 1_000, offset: 990 });
    expect(page.rows.map(([index]) => index)).toEqual([990, 991, 992, 993, 994, 995, 996, 997, 998, 999]);
  });

  it('[X11] a picture stays small whatever the value is', async () => {
    const long = task(programs.echo, { value: literal('x'.repeat(5_000_000)) });
    const wide = task(programs.echo, { value: literal(Array.from({ length: 100_000 }, (_, i) => [i, { i }])) });
    const recording = await perform(executor(), [long, wide]);
    for (const each of [long, wide]) {
      const { preview } = outputOf(recording, each);
      expect(JSON.stringify(preview).length).toBeLessThan(300_000);
      expect(preview.truncated).toBe(true);
    }
  });
}

function pageOf(data: Readonly<Record<string, unknown>>): TablePage {
  const page = data['application/vnd.loom.table+json'];
  if (!page) throw new Error(`There is no table among ${Object.keys(data).join(', ')}`);
  return page as TablePage;
}
