import { createLibrary, type NodeType } from '@loom/graph';
import { createFakeExecutor, createFakeStream, flow } from '@loom/testing';
import { expect, it, onTestFinished } from 'vitest';
import { defineNode } from '../../define-node.js';
import { createEngine } from '../../engine/engine.js';
import type { EngineOptions } from '../../engine/engine-options.js';
import { createJavaScriptExecutor } from '../../javascript/executor.js';
import { numberTypes, ran } from '../container/zone-fixture.js';
import { turn } from '../run-fixture.js';

const count = defineNode({
  id: 's/count',
  inputs: { to: 'number' },
  outputs: { items: 'stream<number>' },
  run: ({ to }) => ({
    items: (function* () {
      for (let i = 0; i < to; i++) yield i;
    })(),
  }),
});
const elsewhere: NodeType = {
  ...count,
  id: 's/elsewhere',
  implementation: { kind: 'source', language: 'python', source: '', entry: 'f', revision: '1', returns: 'single' },
};
const all = defineNode({
  id: 's/all',
  inputs: { items: 'stream<number>' },
  outputs: { list: 'list<number>' },
  run: async ({ items }) => {
    const list: number[] = [];
    for await (const item of items as AsyncIterable<number>) list.push(item);
    return { list };
  },
});
const oddFailsLater = defineNode({
  id: 's/odd-fails-later',
  inputs: { a: 'number' },
  outputs: { a: 'number' },
  run: async ({ a }) => {
    // Whoever reads has nothing to do by then.
    for (let i = 0; i < 5; i++) await turn();
    if (a % 2 !== 0) throw new Error(`${a} is odd.`);
    return { a };
  },
});
const library = createLibrary({
  shelves: [{ name: 's', types: [...numberTypes, count, elsewhere, all, oddFailsLater] }],
});

function staged(options: Partial<EngineOptions> = {}) {
  const py = createFakeExecutor({ id: 'py', performs: ['python'] });
  const engine = createEngine({ library, executors: [createJavaScriptExecutor(), py], ...options });
  onTestFinished(() => engine.dispose());
  return { engine, py };
}

it('[Q7] an error ends every stream behind it, node by node', async () => {
  const { document } = flow()
    .node('source', 's/count', { to: 4 })
    .node('odd', 's/odd-fails-later')
    .node('next', 'n/add')
    .node('last', 'n/add')
    .wire('source.items', 'odd.a')
    .wire('odd.a', 'next.a')
    .wire('next.sum', 'last.a');
  const { ends } = await ran(document, {}, staged().engine);
  expect(ends).toMatchObject({
    source: 'success',
    odd: 'error javascript/exception',
    next: 'skipped upstream-error',
    last: 'skipped upstream-error',
  });
});

it('[Q2] a function that iterates over a stream of another executor receives values, and these are let go', async () => {
  const { engine, py } = staged({ keepResults: false });
  const { document } = flow().node('p', 's/elsewhere', { to: 2 }).node('all', 's/all').wire('p.items', 'all.items');
  const run = engine.run(document);
  for (let i = 0; i < 1000 && py.open.length === 0; i++) await turn();
  const stream = createFakeStream();
  stream.push(7, 8);
  stream.end();
  py.succeed('p', { items: stream });
  const { outputs, status } = await run.result;
  expect(status).toBe('succeeded');
  expect(await engine.read(outputs.all?.list?.ref ?? { executor: '', handle: '' })).toEqual([7, 8]);
  // The last item is what is shown of the stream.
  expect([...py.values.values()]).toEqual([8]);
});

it('[Q6] a reader that is not in the run keeps no items', async () => {
  const { document } = flow()
    .node('source', 's/count', { to: 20 })
    .node('outside', 'n/add')
    .wire('source.items', 'outside.a');
  const { engine } = staged({ maxStreamItems: 10 });
  const { ends } = await ran(document, { targets: { kind: 'nodes', nodes: ['source'] } }, engine);
  expect(ends).toEqual({ source: 'success' });
});

it('[Q7] a stream that fails skips the functions that read all of it, also one that gives a stream', async () => {
  const relay = defineNode({
    id: 's/relay',
    inputs: { items: 'stream<number>' },
    outputs: { items: 'stream<number>' },
    run: ({ items }) => ({ items: items as AsyncIterable<number> }),
  });
  const own = createLibrary({ shelves: [{ name: 's', types: [...numberTypes, count, all, relay] }] });
  const { document } = flow()
    .node('source', 's/count', { to: 3 })
    .node('odd', 'n/odd-fails')
    .node('relay', 's/relay')
    .node('direct', 's/all')
    .node('behind', 's/all')
    .wire('source.items', 'odd.a')
    .wire('odd.a', 'relay.items')
    .wire('odd.a', 'direct.items')
    .wire('relay.items', 'behind.items');
  const { events } = await ran(document, {}, staged({ library: own }).engine);
  const ends = events.filter(
    (event) => !event.frame && (event.kind === 'node-failed' || event.kind === 'node-skipped'),
  );
  const told = ends.map((event) => ('reason' in event ? event.reason : 'failed'));
  expect(told).toEqual(['failed', ...Array(3).fill({ kind: 'upstream-error', node: 'odd' })]);
});

it('[Q3] [T6] without a stream it runs once with what there is, and gives that as a stream', async () => {
  const { document } = flow()
    .node('source', 's/count', { to: 3 }, { mode: 'muted' })
    .node('add', 'n/add', { a: 1 }, { join: 'settled' })
    .node('list', 's/all')
    .wire('source.items', 'add.b')
    .wire('add.sum', 'list.items');
  const { values, events } = await ran(document, {}, staged().engine);
  expect(values.list).toEqual({ list: [2] });
  const frames = events.filter(({ kind }) => kind === 'frame-started');
  expect(frames).toMatchObject([{ frame: [{ node: 'add', index: 0 }] }]);
});

it('[Q2] what is no stream goes into an input of a stream type as it is', async () => {
  const { document } = flow()
    .node('range', 'n/range', { to: 3 })
    .node('list', 's/all')
    .wire('range.list', 'list.items')
    .node('literal', 's/all', { items: [7, 8] })
    .node('misfit', 's/all', { items: 7 })
    .node('even', 'n/even', { a: 2 })
    .node('number', 's/all')
    .wire('even.a', 'number.items');
  const { values, ends } = await ran(document, {}, staged().engine);
  expect(values).toMatchObject({ list: { list: [0, 1, 2] }, literal: { list: [7, 8] } });
  expect(ends).toMatchObject({ misfit: 'error node/wrong-literal', number: 'error javascript/exception' });
});

it('[Q2] [G1] an instance of a subgraph takes items one by one, with what it has itself', async () => {
  const inner = flow().node('add', 'n/add');
  const { document } = flow()
    .subgraph('my/inner', inner, { a: 'add.a', b: 'add.b' }, { sum: 'add.sum' })
    .node('source', 's/count', { to: 3 })
    .node('use', 'my/inner')
    .node('list', 's/all')
    .wire('source.items', 'use.a')
    .wire('use.sum', 'list.items');
  expect((await ran(document, {}, staged().engine)).values.list).toEqual({ list: [1, 2, 3] });
});

it('[Q7] [Z2] a zone that reads a stream ends after its frames when the run is cancelled', async () => {
  const { engine, py } = staged();
  const { document } = flow()
    .node('source', 's/elsewhere', { to: 3 })
    .zone('each', { kind: 'for-each' })
    .node('later', 's/odd-fails-later')
    .into('each', 'later')
    .wire('source.items', 'each.items')
    .wire('each.item', 'later.a');
  const run = engine.run(document);
  const kinds: string[] = [];
  run.subscribe((events) => {
    for (const event of events)
      if (event.kind === 'frame-finished' || 'node' in event) kinds.push(`${event.kind} ${event.node}`);
  });
  for (let i = 0; i < 1000 && py.open.length === 0; i++) await turn();
  const stream = createFakeStream();
  stream.push(0);
  py.succeed('source', { items: stream });
  for (let i = 0; i < 1000 && !kinds.includes('node-started later'); i++) await turn();
  run.cancel();
  expect((await run.result).status).toBe('cancelled');
  expect(kinds).toContain('frame-finished each');
  expect(kinds.lastIndexOf('frame-finished each')).toBeLessThan(kinds.lastIndexOf('node-cancelled each'));
});

it('[P7] [Q3] what a run is given for a node that takes items one by one counts for each of them', async () => {
  const { document } = flow()
    .node('source', 's/count', { to: 3 })
    .node('add', 'n/add', { b: 1 })
    .node('list', 's/all')
    .wire('source.items', 'add.a')
    .wire('add.sum', 'list.items')
    .with({ inputs: { step: { node: 'add', port: 'b' } } });
  const { values } = await ran(document, { inputs: { step: 10 } }, staged().engine);
  expect(values.list).toEqual({ list: [10, 11, 12] });
});
