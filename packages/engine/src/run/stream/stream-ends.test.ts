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
