import { LoomError } from '@loom/graph';
import { describe, expect, it } from 'vitest';
import { NodeFault } from '../node-fault.js';
import type { StreamOrigin } from './item-stream.js';
import { Items } from './items.js';
import { streamFrom } from './iteration.js';
import { Slices } from './slices.js';

const { signal } = new AbortController();
const lost = new LoomError('value/lost', 'gone');

function items(): Items {
  return new Items(new Slices());
}

async function* later(values: readonly unknown[]): AsyncGenerator<unknown> {
  for (const value of values) yield value;
}

describe('values with items', () => {
  it('go on where the last take has ended, or begin anew', async () => {
    let begun = 0;
    const range = {
      *[Symbol.iterator]() {
        begun++;
        for (let i = 0; i < 5; i++) yield i;
      },
    };
    const all = items();
    expect(await all.take(range, 0, 2, signal)).toEqual({ values: [0, 1], isDone: false });
    expect(await all.take(range, 2, 2, signal)).toEqual({ values: [2, 3], isDone: false });
    expect(begun).toBe(1);
    expect(await all.take(range, 1, 9, signal)).toEqual({ values: [1, 2, 3, 4], isDone: true });
    expect(begun).toBe(2);
  });

  it('may fail as they like', async () => {
    const broken = {
      [Symbol.iterator]() {
        throw new TypeError('no items');
      },
    };
    await expect(items().take(broken, 0, 1, signal)).rejects.toMatchObject({
      code: 'javascript/exception',
      message: 'TypeError: no items',
    });
  });

  it.each([-1, 0.5, Number.NaN])('have no place %d', async (from) => {
    await expect(items().take([1, 2], from, 1, signal)).rejects.toMatchObject({ code: 'value/position' });
  });
});

describe('streams', () => {
  it('are iterators of every kind', async () => {
    let left = 2;
    const bare = { next: () => (left-- > 0 ? { done: false, value: left } : { done: true, value: undefined }) };
    for (const [given, values] of [
      [
        [1, 2],
        [1, 2],
      ],
      [new Set([1, 2]), [1, 2]],
      [later([1, 2]), [1, 2]],
      [bare, [1, 0]],
    ] as const) {
      const stream = streamFrom(given);
      const all = items();
      const taken = await all.take(stream, 0, 2, signal);
      expect(taken.values).toEqual(values);
      expect(await all.take(stream, 2, 2, signal)).toEqual({ values: [], isDone: true });
    }
  });

  it('give a bare iterator to loops', async () => {
    let i = 0;
    let returned = false;
    const bare = {
      next: () => ({ done: false, value: i++ }),
      return: () => {
        returned = true;
      },
    };
    const seen: unknown[] = [];
    for await (const value of streamFrom(bare) as AsyncIterable<unknown>) {
      seen.push(value);
      if (seen.length === 3) break;
    }
    expect(seen).toEqual([0, 1, 2]);
    expect(returned).toBe(true);
  });

  it('are asked for no more than was wanted', async () => {
    let asked = 0;
    const stream = streamFrom({
      next: () => ({ done: false, value: asked++ }),
      [Symbol.iterator]() {
        return this;
      },
    });
    await items().take(stream, 0, 3, signal);
    expect(asked).toBe(3);
  });

  it('keep an item for the next take when nobody waits for it any more', async () => {
    let give: (value: unknown) => void = () => {};
    const stream = (async function* () {
      yield await new Promise((resolve) => {
        give = resolve;
      });
    })();
    const all = items();
    const abort = new AbortController();
    const first = all.take(stream, 0, 1, abort.signal);
    await expect(all.take(stream, 0, 1, signal)).rejects.toMatchObject({ code: 'value/stream-position' });
    abort.abort(new Error('enough'));
    await expect(first).rejects.toThrow('enough');
    give('late');
    expect(await all.take(stream, 0, 1, signal)).toEqual({ values: ['late'], isDone: false });
  });

  it('let the page have turns', async () => {
    const spin = (ms: number): void => {
      const end = performance.now() + ms;
      while (performance.now() < end);
    };
    const stream = (function* () {
      for (let i = 0; i < 100; i++) {
        spin(1);
        yield i;
      }
    })();
    const { values } = await items().take(stream, 0, 100, signal);
    expect(values.length).toBeGreaterThan(0);
    expect(values.length).toBeLessThan(50);
  });

  it('say what a step gave that is no step', async () => {
    const stream = streamFrom({ next: () => 5, [Symbol.iterator]: () => ({ next: () => 5 }) });
    const taking = items().take(stream, 0, 1, signal);
    await expect(taking).rejects.toThrow('A step of the stream gave 5 instead of an object.');
    await expect(taking).rejects.toBeInstanceOf(NodeFault);
  });

  it('tell once that no more is asked of their code', async () => {
    const ends: (LoomError | undefined)[] = [];
    const origin: StreamOrigin = {
      faultOf: () => ({ code: 'own', message: 'own', frames: [] }),
      onEnd: (reason) => ends.push(reason),
    };
    const all = items();
    const [whole, cut, broken] = [later([1]), later([1, 2]), later([])];
    broken.next = () => Promise.reject(new Error('x'));
    for (const stream of [whole, cut, broken]) all.adopt(stream, origin);
    await all.take(whole, 0, 5, signal);
    await all.take(cut, 0, 1, signal);
    await expect(all.take(broken, 0, 1, signal)).rejects.toMatchObject({ error: { code: 'own' } });
    for (const stream of [whole, cut, cut, broken]) all.close(stream, lost);
    expect(ends).toEqual([undefined, undefined, lost]);
    await expect(all.take(cut, 1, 1, signal)).rejects.toBe(lost);
  });

  it('are closed also when their clean-up fails', async () => {
    const stream = (function* () {
      try {
        yield 1;
      } finally {
        yield* [];
        // biome-ignore lint/correctness/noUnsafeFinally: what a node may well do
        throw new Error('clean-up');
      }
    })();
    const all = items();
    await all.take(stream, 0, 1, signal);
    all.close(stream, lost);
    await expect(all.take(stream, 1, 1, signal)).rejects.toBe(lost);
  });
});
