import { createLibrary } from '@loom/graph';
import { flow } from '@loom/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import { builtinShelf } from '../../builtin-shelf.js';
import { defineNode } from '../../define-node.js';
import { createEngine } from '../../engine/engine.js';
import type { Engine } from '../../engine-api.js';
import { createJavaScriptExecutor } from '../../javascript/executor.js';
import { numberTypes, ran } from '../container/zone-fixture.js';

/** What the generators of these tests have done. */
interface Log {
  given: number;
  closed: number;
}

function streamEngine(options: { buffer?: number; most?: number } = {}): { engine: Engine; log: Log } {
  const log: Log = { given: 0, closed: 0 };
  const types = [
    defineNode({
      id: 's/count',
      inputs: { to: { type: 'number', default: 3 } },
      outputs: { items: 'stream<number>' },
      run: ({ to }) => ({
        items: (function* () {
          try {
            for (let i = 0; i < to; i++) {
              log.given++;
              yield i;
            }
          } finally {
            log.closed++;
          }
        })(),
      }),
    }),
    defineNode({
      id: 's/later',
      inputs: { to: 'number' },
      outputs: { items: 'stream<number>' },
      run: ({ to }) => ({
        items: (async function* () {
          for (let i = 0; i < to; i++) yield i;
        })(),
      }),
    }),
    defineNode({
      id: 's/breaks',
      outputs: { items: 'stream<number>' },
      run: () => ({
        items: (function* () {
          yield 1;
          yield 2;
          throw new Error('It broke.');
        })(),
      }),
    }),
    defineNode({
      id: 's/sum',
      inputs: { items: 'list<number>' },
      outputs: { sum: 'number' },
      run: ({ items }) => ({ sum: items.reduce((sum, item) => sum + item, 0) }),
    }),
    defineNode({
      id: 's/first-two',
      inputs: { items: { type: 'stream<number>' } },
      outputs: { list: 'list<number>' },
      run: async ({ items }) => {
        const list: number[] = [];
        for await (const item of items as AsyncIterable<number>) {
          list.push(item);
          if (list.length === 2) break;
        }
        return { list };
      },
    }),
  ];
  const library = createLibrary({ shelves: [builtinShelf, { name: 'n', types: [...numberTypes, ...types] }] });
  const engine = createEngine({
    library,
    executors: [createJavaScriptExecutor()],
    ...(options.buffer === undefined ? {} : { streamBuffer: options.buffer }),
    ...(options.most === undefined ? {} : { maxStreamItems: options.most }),
  });
  onTestFinished(() => engine.dispose());
  return { engine, log };
}

const counting = flow().node('count', 's/count', { to: 4 });

describe('[Q1] [Q2] a wire from a stream', () => {
  it('collects it for a list', async () => {
    const { engine } = streamEngine();
    const { document } = counting.node('sum', 's/sum').wire('count.items', 'sum.items');
    expect((await ran(document, {}, engine)).values).toMatchObject({ sum: { sum: 6 } });
  });

  it('runs a node for each item; collected again in order', async () => {
    const { engine } = streamEngine();
    const { document } = counting
      .node('add', 'n/add-later', { b: 10 })
      .node('all', 'n/list')
      .wire('count.items', 'add.a')
      .wire('add.sum', 'all.in');
    const { values, events, ends, counts } = await ran(document, {}, engine);
    expect(values.all).toEqual({ list: [[10, 11, 12, 13]] });
    expect(ends).toEqual({ count: 'success', add: 'success', all: 'success' });
    expect(counts).toMatchObject({ success: 3 });
    expect(events.filter(({ kind }) => kind === 'frame-started')).toHaveLength(4);
  });

  it('takes the newest, and the last one always', async () => {
    const { engine } = streamEngine();
    const { document } = counting
      .node('add', 'n/add-later', { b: 10 }, { streams: { a: 'latest' } })
      .node('all', 'n/list')
      .wire('count.items', 'add.a')
      .wire('add.sum', 'all.in');
    const list = (await ran(document, {}, engine)).values.all?.list as number[][];
    expect(list[0]?.at(-1)).toBe(13);
    expect(list[0]?.length).toBeLessThanOrEqual(4);
  });

  it('gives an iterator to who takes a stream', async () => {
    const { engine, log } = streamEngine({ buffer: 1 });
    const { document } = flow()
      .node('count', 's/count', { to: 1_000_000 })
      .node('two', 's/first-two')
      .wire('count.items', 'two.items');
    const { values, ends } = await ran(document, {}, engine);
    expect(values.two).toEqual({ list: [0, 1] });
    expect(ends).toEqual({ count: 'success', two: 'success' });
    expect(log.given).toBeLessThan(10);
    expect(log.closed).toBe(1);
  });

  it('is taken lazily by for each', async () => {
    const { engine } = streamEngine();
    const { document } = flow()
      .node('later', 's/later', { to: 200 })
      .zone('each', { kind: 'for-each', concurrency: 2 })
      .node('add', 'n/add')
      .into('each', 'add')
      .wire('later.items', 'each.items')
      .wire('each.item', 'add.a')
      .wire('add.sum', 'each.result');
    expect((await ran(document, {}, engine)).values.each).toEqual({
      result: Array.from({ length: 200 }, (_, i) => i + 1),
    });
  });
});

describe('[Q3] several streams', () => {
  it('go by position and end with the shortest', async () => {
    const { engine } = streamEngine();
    const { document } = counting
      .node('more', 's/later', { to: 9 })
      .node('add', 'n/add')
      .node('all', 'n/list')
      .wire('count.items', 'add.a')
      .wire('more.items', 'add.b')
      .wire('add.sum', 'all.in');
    const { values, ends } = await ran(document, {}, engine);
    expect(values.all).toEqual({ list: [[0, 2, 4, 6]] });
    expect(ends.more).toBe('success');
  });

  it('one that reaches a node on two ways, and one that is collected beside', async () => {
    const { engine } = streamEngine({ buffer: 2 });
    const { document } = flow()
      .node('count', 's/count', { to: 100 })
      .node('add', 'n/add', { b: 0 })
      .node('both', 'n/add')
      .node('sum', 's/sum')
      .node('plus', 'n/add')
      .node('all', 'n/list')
      .wire('count.items', 'add.a')
      .wire('add.sum', 'both.a')
      .wire('count.items', 'both.b')
      .wire('count.items', 'sum.items')
      .wire('both.sum', 'plus.a')
      .wire('sum.sum', 'plus.b')
      .wire('plus.sum', 'all.in');
    const { values } = await ran(document, {}, engine);
    expect(values.all).toEqual({ list: [Array.from({ length: 100 }, (_, i) => 2 * i + 4950)] });
  });

  it('a skipped output adds no item', async () => {
    const { engine } = streamEngine();
    const { document } = counting
      .node('even', 'n/even')
      .node('all', 'n/list')
      .wire('count.items', 'even.a')
      .wire('even.a', 'all.in');
    expect((await ran(document, {}, engine)).values.all).toEqual({ list: [[0, 2]] });
  });
});

it('[Q5] a producer is asked for no more than there is room for', async () => {
  const { engine, log } = streamEngine({ buffer: 3 });
  let most = 0;
  const slow = defineNode({
    id: 'slow',
    inputs: { a: 'number' },
    outputs: { a: 'number' },
    run: async ({ a }) => {
      most = Math.max(most, log.given - a);
      return { a };
    },
  });
  const { document } = flow().node('count', 's/count', { to: 50 }).node('slow', 'slow').wire('count.items', 'slow.a');
  const library = createLibrary({ shelves: [...engine.library.shelves, { name: 'slow', types: [slow] }] });
  const own = createEngine({ library, executors: [createJavaScriptExecutor()], streamBuffer: 3 });
  onTestFinished(() => own.dispose());
  expect((await ran(document, {}, own)).status).toBe('succeeded');
  expect(most).toBeLessThanOrEqual(5);
});

it('[Q6] a producer that overruns who collects fails', async () => {
  const { engine, log } = streamEngine({ most: 10 });
  const { document } = flow()
    .node('count', 's/count', { to: 1000 })
    .node('sum', 's/sum')
    .wire('count.items', 'sum.items');
  const { ends } = await ran(document, {}, engine);
  expect(ends).toEqual({ count: 'error stream/overflow', sum: 'skipped upstream-error' });
  expect(log.closed).toBe(1);
});

describe('[Q7] errors', () => {
  it('of a stream skip who is reading it', async () => {
    const { engine } = streamEngine();
    const { document } = flow()
      .node('breaks', 's/breaks')
      .node('add', 'n/add')
      .node('all', 'n/list')
      .wire('breaks.items', 'add.a')
      .wire('add.sum', 'all.in');
    expect((await ran(document, {}, engine)).ends).toEqual({
      breaks: 'error javascript/exception',
      add: 'skipped upstream-error',
      all: 'skipped upstream-error',
    });
  });

  it('of a reader end its own stream, and the producer goes on for others', async () => {
    const { engine } = streamEngine();
    const { document } = counting
      .node('odd', 'n/odd-fails')
      .node('all', 'n/list')
      .node('sum', 's/sum')
      .wire('count.items', 'odd.a')
      .wire('odd.a', 'all.in')
      .wire('count.items', 'sum.items');
    const { ends, values } = await ran(document, {}, engine);
    expect(ends).toEqual({
      count: 'success',
      odd: 'error javascript/exception',
      all: 'skipped upstream-error',
      sum: 'success',
    });
    expect(values.sum).toEqual({ sum: 6 });
  });

  it('of the only reader close the producer', async () => {
    const { engine, log } = streamEngine({ buffer: 1 });
    const { document } = flow()
      .node('count', 's/count', { to: 1_000_000 })
      .node('odd', 'n/odd-fails')
      .wire('count.items', 'odd.a');
    expect((await ran(document, {}, engine)).ends.count).toBe('success');
    expect(log).toMatchObject({ closed: 1 });
    expect(log.given).toBeLessThan(10);
  });
});

it('[Q8] cancelling closes generators', async () => {
  const { engine, log } = streamEngine();
  const controller = new AbortController();
  const look = setInterval(() => log.given > 0 && controller.abort(), 1);
  const { document } = flow().node('count', 's/count', { to: 1e12 }).node('add', 'n/add').wire('count.items', 'add.a');
  const { status, ends } = await ran(document, { signal: controller.signal }, engine);
  clearInterval(look);
  expect(status).toBe('cancelled');
  expect(ends).toEqual({ count: 'cancelled', add: 'cancelled' });
  expect(log.closed).toBe(1);
});

it('[Q4] [Q9] a stream runs until it ends, and shows its last item', async () => {
  const { engine } = streamEngine();
  const { values, events } = await ran(counting.document, {}, engine);
  expect(values.count).toEqual({ items: 3 });
  expect(events.map(({ kind }) => kind)).toEqual([
    'run-started',
    'node-queued',
    'node-started',
    'node-succeeded',
    'run-finished',
  ]);
});
