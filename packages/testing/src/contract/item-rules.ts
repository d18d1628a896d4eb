import { decodePortable, type Executor, encodePortable, type OutputSummary, type ValueRef } from '@loom/engine';
import { expect, it } from 'vitest';
import { held, listOf, literal } from './batches.js';

/** Takes items without a bound of its own. */
export function take(executor: Executor, ref: ValueRef, from: number, max: number) {
  return executor.take(ref, { from, max, signal: new AbortController().signal });
}

/** The whole values of items that were taken. */
export function valuesOf(executor: Executor, items: readonly OutputSummary[]): Promise<readonly unknown[]> {
  return Promise.all(items.map(async ({ ref }) => decodePortable(await executor.read(ref))));
}

/** Items of values that were written, and values that are made of others. Needs no code of nodes. */
export function itemRules(executor: () => Executor): void {
  const written = (value: unknown): Promise<ValueRef> => executor().write(encodePortable(value));
  const taken = async (ref: ValueRef, from: number, max: number) => {
    const { items, isDone } = await take(executor(), ref, from, max);
    return { values: await valuesOf(executor(), items), isDone };
  };

  it('[X16] items of a list are taken from any position, as often as asked', async () => {
    const ref = await written([10, 11, { deep: [12] }, null, 14]);
    expect(await taken(ref, 1, 2)).toEqual({ values: [11, { deep: [12] }], isDone: false });
    expect(await taken(ref, 3, 2)).toEqual({ values: [null, 14], isDone: true });
    expect(await taken(ref, 0, 100)).toEqual({ values: [10, 11, { deep: [12] }, null, 14], isDone: true });
    expect(await taken(ref, 5, 1)).toEqual({ values: [], isDone: true });
    expect(await taken(ref, 50, 1)).toEqual({ values: [], isDone: true });
    expect(await taken(await written([]), 0, 1)).toEqual({ values: [], isDone: true });
  });

  it('[X16] each item is a value of its own, with a picture', async () => {
    const ref = await written([7, 7]);
    const { items } = await take(executor(), ref, 0, 2);
    expect(items.map((item) => item.preview.data['text/plain'])).toEqual(['7', '7']);
    expect(items.map((item) => item.ref.executor)).toEqual([executor().id, executor().id]);
    expect(new Set([ref, ...items.map((item) => item.ref)].map(({ handle }) => handle)).size).toBe(3);
    executor().release([ref]);
    expect(await valuesOf(executor(), items)).toEqual([7, 7]);
  });

  it('[X16] items of sets and of typed arrays', async () => {
    const set = await written(new Set(['a', 'b', 'c']));
    const [first, rest] = [await taken(set, 0, 2), await taken(set, 2, 2)];
    expect(new Set([...first.values, ...rest.values])).toEqual(new Set(['a', 'b', 'c']));
    expect([first.isDone, rest.isDone]).toEqual([false, true]);
    expect(await taken(set, 0, 2)).toEqual(first);
    expect(await taken(await written(new Float64Array([0.5, 1.5, 2.5])), 1, 5)).toEqual({
      values: [1.5, 2.5],
      isDone: true,
    });
  });

  it('[X16] one take gives at most 1,000 items', async () => {
    const ref = await written(Array.from({ length: 2_500 }, (_, place) => place));
    const lengths: number[] = [];
    for (let from = 0, isDone = false; !isDone; from += lengths.at(-1) ?? 0) {
      const part = await take(executor(), ref, from, 5_000);
      lengths.push(part.items.length);
      isDone = part.isDone;
    }
    expect(lengths.reduce((sum, length) => sum + length, 0)).toBe(2_500);
    expect(Math.max(...lengths)).toBeLessThanOrEqual(1_000);
  });

  it.each<[string, unknown]>([
    ['a text', 'abc'],
    ['a number', 5],
    ['nothing', null],
    ['an object', { a: 1 }],
    ['a map', new Map([[1, 2]])],
  ])('[X16] %s has no items', async (_name, value) => {
    await expect(take(executor(), await written(value), 0, 1)).rejects.toMatchObject({ code: 'value/not-iterable' });
  });

  it('[X16] what was let go has no items', async () => {
    const ref = await written([1]);
    executor().release([ref]);
    await expect(take(executor(), ref, 0, 1)).rejects.toMatchObject({ code: 'value/lost' });
  });

  it('[X24] values are gathered into one', async () => {
    const [one, two] = [await written({ a: 1 }), await written([2])];
    const gathered = await executor().gather(listOf(held(one), literal('x'), listOf(held(two)), listOf()));
    executor().release([one, two]);
    expect(gathered.ref.executor).toBe(executor().id);
    expect(await valuesOf(executor(), [gathered])).toEqual([[{ a: 1 }, 'x', [[2]], []]]);
    expect(await valuesOf(executor(), [await executor().gather(literal(3))])).toEqual([3]);
  });

  it('[X24] what was let go cannot be gathered', async () => {
    const ref = await written(1);
    executor().release([ref]);
    await expect(executor().gather(listOf(literal(1), held(ref)))).rejects.toMatchObject({ code: 'value/lost' });
  });
}
