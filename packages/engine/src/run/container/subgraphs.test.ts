import { flow } from '@loom/testing';
import { expect, it } from 'vitest';
import { ran } from './zone-fixture.js';

const twice = flow().node('one', 'n/add', { b: 1 }).node('two', 'n/add', { b: 10 }).wire('one.sum', 'two.a');

const { document } = flow()
  .subgraph('my/twice', twice, { a: 'one.a', step: 'two.b' }, { sum: 'two.sum', half: 'one.sum' })
  .node('first', 'my/twice', { a: 5 })
  .node('second', 'my/twice', { step: 100 })
  .wire('first.sum', 'second.a');

it('[G1] an instance runs the body with what it is given, or else with what the body has itself', async () => {
  const { values, counts, events } = await ran(document);
  expect(values).toEqual({ first: { half: 6, sum: 16 }, second: { half: 17, sum: 117 } });
  expect(counts.success).toBe(2);
  const inner = events.filter((event) => event.kind === 'node-started' && event.frame);
  expect(inner.map(({ frame }) => frame)).toEqual([
    [{ node: 'first', index: 0 }],
    [{ node: 'first', index: 0 }],
    [{ node: 'second', index: 0 }],
    [{ node: 'second', index: 0 }],
  ]);
});

it.each([
  [{ a: 1 }, { sum: 2 }],
  [{}, {}],
])(
  '[G1] [T6] what an instance brings counts in the joins inside, and what they have themselves does not',
  async (given, sum) => {
    const inner = flow()
      .node('even', 'n/even', { a: 1 })
      .node('join', 'n/add', { a: 5 }, { join: 'any' })
      .wire('even.a', 'join.b');
    const { document } = flow()
      .subgraph('my/inner', inner, { a: 'join.a' }, { sum: 'join.sum' })
      .node('use', 'my/inner', given);
    expect((await ran(document)).values.use).toEqual(sum);
  },
);

it('[G2] instances nest, and work in zones', async () => {
  const outer = flow().node('inner', 'my/twice').node('more', 'n/add', { b: 1000 }).wire('inner.sum', 'more.a');
  const nested = flow(document)
    .subgraph('my/outer', outer, { a: 'inner.a' }, { sum: 'more.sum' })
    .zone('each', { kind: 'for-each' }, { items: [0, 1] })
    .node('use', 'my/outer')
    .into('each', 'use')
    .wire('each.item', 'use.a')
    .wire('use.sum', 'each.result');
  expect((await ran(nested.document)).values.each).toEqual({ result: [1011, 1012] });
});

it('[G2] one that contains itself is blocked', async () => {
  const self = flow().node('again', 'my/self');
  const { ends } = await ran(flow().subgraph('my/self', self, {}, {}).node('a', 'my/self').document);
  expect(ends).toEqual({ a: 'error subgraph/failed' });
});

it('[G3] fails when a node in it fails, and names it', async () => {
  const fails = flow().node('check', 'n/odd-fails').node('fine', 'n/add', { a: 1 });
  const { ends, errors } = await ran(
    flow().subgraph('my/fails', fails, { a: 'check.a' }, { sum: 'fine.sum' }).node('use', 'my/fails', { a: 3 })
      .document,
  );
  expect(ends).toEqual({ use: 'error subgraph/failed' });
  expect(errors[0]?.error).toMatchObject({
    message: '"check" in it failed: Error: 3 is odd.',
    cause: { message: 'Error: 3 is odd.' },
  });
});

it('[G3] an output whose inner port was skipped is skipped', async () => {
  const even = flow().node('even', 'n/even');
  const { ends, values } = await ran(
    flow()
      .subgraph('my/even', even, { a: 'even.a' }, { a: 'even.a' })
      .node('use', 'my/even', { a: 3 })
      .node('list', 'n/list')
      .wire('use.a', 'list.in').document,
  );
  expect(ends).toEqual({ use: 'success', list: 'skipped upstream-skipped' });
  expect(values.use).toEqual({});
});

it('[G1] a required input that nobody gives is named', async () => {
  const { errors } = await ran(flow(document).node('third', 'my/twice').document);
  expect(errors).toMatchObject([{ node: 'third', error: { code: 'node/missing-input' } }]);
});

it('[G1] an input of several wires is promoted once for each wire, in their order, before those inside', async () => {
  const inner = flow().node('own', 'n/add', { a: 1 }).node('list', 'n/list').wire('own.sum', 'list.in');
  const names = Array.from({ length: 11 }, (_, place) => `in${place}`);
  const promoted = Object.fromEntries(names.map((name) => [name, 'list.in']));
  const base = flow()
    .subgraph('my/list', inner, promoted, { list: 'list.list' })
    .node('ten', 'n/add', { a: 9 })
    .node('use', 'my/list', { in0: 7, in9: 8 })
    .wire('ten.sum', 'use.in10');
  expect((await ran(base.document)).values.use).toEqual({ list: [7, 8, 10, 2] });
});

it('[G1] [T6] an input of several wires has its own list where the instance brings nothing', async () => {
  const inner = flow().node('own', 'n/list', { in: [1, 2] });
  const { document } = flow()
    .subgraph('my/list', inner, { in: 'own.in' }, { list: 'own.list' })
    .node('nothing', 'my/list')
    .node('one', 'my/list', { in: 7 });
  expect((await ran(document)).values).toEqual({ nothing: { list: [1, 2] }, one: { list: [7] } });
});

it('[G1] [P2] each of them takes one wire', async () => {
  const inner = flow().node('own', 'n/add', { a: 1 }).node('list', 'n/list').wire('own.sum', 'list.in');
  const base = flow()
    .subgraph('my/list', inner, { in: 'list.in' }, { list: 'list.list' })
    .node('ten', 'n/add', { a: 9 })
    .node('use', 'my/list')
    .wire('ten.sum', 'use.in');
  expect((await ran(base.document)).values.use).toEqual({ list: [10, 2] });
  const crowded = base.node('more', 'n/add', { a: 19 }).wire('more.sum', 'use.in');
  expect((await ran(crowded.document)).ends.use).toBe('error node/too-many-wires');
});

it('[T4] [G1] one that cannot go on after an error elsewhere has not succeeded', async () => {
  const inner = flow().node('later', 'n/add-later', { a: 1 }).node('behind', 'n/add').wire('later.sum', 'behind.a');
  const { document } = flow()
    .subgraph('my/inner', inner, {}, { sum: 'behind.sum' })
    .node('use', 'my/inner')
    .node('fails', 'n/odd-fails', { a: 1 });
  const { ends, events } = await ran(document, { onError: 'stop' });
  expect(ends).toEqual({ use: 'skipped stopped', fails: 'error javascript/exception' });
  const finished = events.filter(({ kind }) => kind === 'frame-finished');
  expect(finished).toMatchObject([{ node: 'use', status: 'cancelled' }]);
});
