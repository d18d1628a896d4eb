import { flow } from '@loom/testing';
import { describe, expect, it } from 'vitest';
import { stage, turn } from '../run-fixture.js';
import { ran } from './zone-fixture.js';

const doubled = flow()
  .zone('each', { kind: 'for-each' }, { items: [1, 2, 3] })
  .node('add', 'n/add')
  .into('each', 'add')
  .wire('each.item', 'add.a')
  .wire('each.index', 'add.b')
  .wire('add.sum', 'each.result')
  .node('all', 'n/list')
  .wire('each.result', 'all.in');

describe('[Z2] for each', () => {
  it('runs its body for each item and gives the results in order', async () => {
    const { values, status, counts } = await ran(doubled.document);
    expect(values.each).toEqual({ result: [1, 3, 5] });
    expect(values.all).toEqual({ list: [[1, 3, 5]] });
    expect(status).toBe('succeeded');
    expect(counts).toEqual({ success: 3, error: 0, skipped: 0, cancelled: 0, cached: 0 });
  });

  it.each([1, 2, -1])('with %i iterations at once and functions that end later', async (concurrency) => {
    const { document } = flow()
      .zone('each', { kind: 'for-each', concurrency }, { items: [3, 1, 2] })
      .node('add', 'n/add-later')
      .into('each', 'add')
      .wire('each.item', 'add.a')
      .wire('add.sum', 'each.result');
    const { values, events } = await ran(document);
    expect(values.each).toEqual({ result: [4, 2, 3] });
    let open = 0;
    let most = 0;
    for (const { kind } of events) {
      if (kind === 'frame-started') most = Math.max(most, ++open);
      if (kind === 'frame-finished') open--;
    }
    expect([open, most]).toEqual([0, concurrency < 0 ? 3 : concurrency]);
  });

  it('leaves out what gave nothing', async () => {
    const { document } = flow()
      .zone('each', { kind: 'for-each' }, { items: [1, 2, 3, 4] })
      .node('even', 'n/even')
      .into('each', 'even')
      .wire('each.item', 'even.a')
      .wire('even.a', 'each.result');
    const { values, ends } = await ran(document);
    expect(values.each).toEqual({ result: [2, 4] });
    expect(ends.even).toBe('success');
  });

  it('needs a list', async () => {
    const { errors } = await ran(
      doubled.node('number', 'loom/value-number', { value: 1 }).wire('number.value', 'each.items').document,
    );
    expect(errors[0]?.error.code).toBe('zone/not-a-list');
  });

  it('hands an item on to a result without a node between', async () => {
    const { document } = flow()
      .zone('each', { kind: 'for-each' }, { items: ['a', null, 'b'] })
      .wire('each.item', 'each.result');
    expect((await ran(document)).values.each).toEqual({ result: ['a', null, 'b'] });
  });
});

it('[Z1] a wire from around a zone brings the same into every frame', async () => {
  const { document } = flow()
    .node('ten', 'loom/value-number', { value: 10 })
    .zone('each', { kind: 'for-each' }, { items: [1, 2] })
    .node('add', 'n/add')
    .into('each', 'add')
    .wire('each.item', 'add.a')
    .wire('ten.value', 'add.b')
    .wire('add.sum', 'each.result');
  expect((await ran(document)).values.each).toEqual({ result: [11, 12] });
});

it('[Z1] a wire that leaves its zone blocks the node at its end', async () => {
  const { ends, errors } = await ran(doubled.node('out', 'n/list').wire('add.sum', 'out.in').document);
  expect(ends.out).toBe('error zone/escaping-wire');
  expect(errors).toHaveLength(1);
});

const counting = flow()
  .zone('loop', { kind: 'while' }, { value: 0 })
  .node('add', 'n/add')
  .node('less', 'n/less', { b: 5 })
  .into('loop', 'add', 'less')
  .wire('loop.value.current', 'add.a')
  .wire('add.sum', 'loop.value.next')
  .wire('add.sum', 'less.a')
  .wire('less.less', 'loop.continue');

describe('[Z3] while', () => {
  it('runs its body until it is told to stop', async () => {
    const { values, events } = await ran(counting.document);
    expect(values.loop).toEqual({ value: 5, iterations: 5 });
    expect(events.filter(({ kind }) => kind === 'frame-started')).toHaveLength(5);
  });

  it('[Z8] gives its values once', async () => {
    const { events } = await ran(counting.node('after', 'n/list').wire('loop.value', 'after.in').document);
    expect(events.filter((event) => event.kind === 'node-started' && event.node === 'after')).toHaveLength(1);
  });

  it('needs a flag to go on', async () => {
    const { document } = flow().zone('loop', { kind: 'while' }, { value: 0 }).wire('loop.index', 'loop.continue');
    expect((await ran(document)).errors[0]?.error.code).toBe('zone/not-a-bool');
  });
});

describe('[Z4] repeat', () => {
  it('runs so many times', async () => {
    const { document } = flow()
      .zone('loop', { kind: 'repeat', carried: { total: {}, last: {} } }, { times: 4, total: 10 })
      .node('add', 'n/add')
      .into('loop', 'add')
      .wire('loop.total.current', 'add.a')
      .wire('loop.index', 'add.b')
      .wire('add.sum', 'loop.total.next');
    expect((await ran(document)).values.loop).toEqual({ total: 16, last: null, iterations: 4 });
  });

  it.each([-1, 1.5])('does not run %f times', async (times) => {
    const { document } = flow().zone('loop', { kind: 'repeat' }, { times });
    expect((await ran(document)).status).toBe('failed');
  });
});

it('[Z5] what is not carried on stays as it was', async () => {
  const { document } = flow()
    .zone('loop', { kind: 'repeat' }, { times: 3, value: 1 })
    .node('even', 'n/even')
    .into('loop', 'even')
    .wire('loop.index', 'even.a')
    .wire('even.a', 'loop.value.next');
  expect((await ran(document)).values.loop).toEqual({ value: 2, iterations: 3 });
});

describe('[Z6] the limit', () => {
  const endless = (limit?: number): ReturnType<typeof flow> =>
    flow().zone('loop', limit === undefined ? { kind: 'while' } : { kind: 'while', limit }, { value: 0 });

  it('is 1000 unless said otherwise', async () => {
    const { errors, events } = await ran(endless().document);
    expect(errors[0]?.error).toMatchObject({ code: 'zone/limit' });
    expect(errors[0]?.error.message).toContain('1000');
    expect(events.filter(({ kind }) => kind === 'frame-started')).toHaveLength(1000);
  });

  it('may be off; then cancelling ends it', async () => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 5);
    const { status, ends } = await ran(endless(-1).document, { signal: controller.signal });
    expect(status).toBe('cancelled');
    expect(ends.loop).toBe('cancelled');
  });
});

describe('[Z7] no iterations', () => {
  it.each([
    ['for each of nothing', { kind: 'for-each' } as const, { items: [] }, { result: [] }],
    ['while that does not start', { kind: 'while' } as const, { start: false, value: 7 }, { value: 7, iterations: 0 }],
    ['repeat of none', { kind: 'repeat' } as const, { times: 0, value: 7 }, { value: 7, iterations: 0 }],
  ])('%s', async (_, zone, inputs, outputs) => {
    const { document } = flow().zone('zone', zone, inputs).node('one', 'loom/value-number').into('zone', 'one');
    const { values, ends, counts } = await ran(document);
    expect(values.zone).toEqual(outputs);
    expect(ends).toEqual({ zone: 'success', one: 'skipped not-entered' });
    expect(counts).toMatchObject({ success: 1, skipped: 1 });
  });
});

const odd = (onError?: 'collect', concurrency = 1): ReturnType<typeof flow> =>
  flow()
    .zone('each', { kind: 'for-each', concurrency, ...(onError ? { onError } : {}) }, { items: [2, 3, 4, 5] })
    .node('check', 'n/odd-fails')
    .node('add', 'n/add')
    .into('each', 'check', 'add')
    .wire('each.item', 'check.a')
    .wire('check.a', 'add.a')
    .wire('add.sum', 'each.result');

describe('[Z9] [F2] errors in a frame', () => {
  it('fail the zone, and no further frame begins', async () => {
    const { status, ends, errors, events } = await ran(odd().document);
    expect(status).toBe('failed');
    expect(ends).toEqual({ each: 'error zone/frame-failed', check: 'error javascript/exception', add: 'success' });
    expect(errors.map(({ node }) => node).sort()).toEqual(['check', 'each']);
    expect(errors.find(({ node }) => node === 'each')?.error).toMatchObject({ cause: { message: 'Error: 3 is odd.' } });
    expect(errors.find(({ node }) => node === 'each')?.error.message).toMatch(/^Iteration 2 failed at "check"/);
    expect(events.filter(({ kind }) => kind === 'frame-started')).toHaveLength(2);
  });

  it('or are collected', async () => {
    const { status, values, ends } = await ran(odd('collect', 2).document);
    expect(status).toBe('succeeded');
    expect(ends.each).toBe('success');
    expect(values.each).toMatchObject({
      result: [3, 5],
      errors: [
        { index: 1, node: 'check', code: 'javascript/exception', message: 'Error: 3 is odd.' },
        { index: 3, node: 'check' },
      ],
    });
  });
});

it('[Z10] the body of a zone that is skipped is skipped', async () => {
  const { document } = doubled.node('fails', 'n/odd-fails', { a: 1 }).wire('fails.a', 'each.items');
  expect((await ran(document)).ends).toEqual({
    fails: 'error javascript/exception',
    each: 'skipped upstream-error',
    add: 'skipped not-entered',
    all: 'skipped upstream-error',
  });
});

describe('[Z11] zones within zones', () => {
  const { document } = flow()
    .zone('outer', { kind: 'for-each' }, { items: [1, 2, 3] })
    .zone('inner', { kind: 'for-each' }, { items: [10, 20, 30, 40] })
    .node('add', 'n/add')
    .into('outer', 'inner')
    .into('inner', 'add')
    .wire('inner.item', 'add.a')
    .wire('outer.item', 'add.b')
    .wire('add.sum', 'inner.result')
    .wire('inner.result', 'outer.result');

  it('begin anew in each frame', async () => {
    const { values, events, counts } = await ran(document);
    expect(values.outer).toEqual({
      result: [
        [11, 21, 31, 41],
        [12, 22, 32, 42],
        [13, 23, 33, 43],
      ],
    });
    expect(events.filter((event) => event.kind === 'node-started' && event.node === 'add')).toHaveLength(12);
    expect(counts.success).toBe(3);
  });

  it('[F1] events tell the way to the frame', async () => {
    const { events } = await ran(document);
    const ways = events
      .filter((event) => event.kind === 'node-started' && event.node === 'add')
      .map(({ frame }) => frame?.map(({ node, index }) => `${node} ${index}`).join(', '));
    expect(new Set(ways).size).toBe(12);
    expect(ways).toContain('outer 2, inner 3');
  });
});

it('[Z12] a muted zone does not begin', async () => {
  const muted = flow()
    .zone('zone', { kind: 'repeat' }, { times: 2 }, { mode: 'muted' })
    .node('one', 'loom/value-number');
  expect((await ran(muted.into('zone', 'one').document)).ends).toEqual({
    zone: 'skipped muted',
    one: 'skipped not-entered',
  });
});

it('[F3] frames that overlap have values of their own', async () => {
  const { document } = flow()
    .zone('each', { kind: 'for-each', concurrency: -1 }, { items: Array.from({ length: 50 }, (_, i) => i) })
    .node('one', 'n/add-later', { b: 1 })
    .node('two', 'n/add-later')
    .into('each', 'one', 'two')
    .wire('each.item', 'one.a')
    .wire('one.sum', 'two.a')
    .wire('each.index', 'two.b')
    .wire('two.sum', 'each.result');
  const { values } = await ran(document);
  expect(values.each).toEqual({ result: Array.from({ length: 50 }, (_, i) => 2 * i + 1) });
});

it('[F4] values of frames are let go, and those of the last one with the next run', async () => {
  const { engine, py } = stage();
  const { document } = flow()
    .zone('each', { kind: 'for-each', concurrency: 2 }, { items: [1, 2, 3, 4] })
    .node('a', 'test/py')
    .into('each', 'a')
    .wire('each.item', 'a.in');
  for (let i = 0; i < 2; i++) {
    const run = engine.run(document);
    for (let left = 4; left > 0; left--) {
      await turn();
      py.succeedAll();
    }
    const { status, errors } = await run.result;
    expect([status, errors]).toEqual(['succeeded', []]);
    expect(py.values.size).toBe(1);
  }
});
