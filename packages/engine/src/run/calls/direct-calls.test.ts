import { createLibrary, type FlowDocument, type NodeType } from '@loom/graph';
import { createFakeExecutor, flow, randomFlowTypes } from '@loom/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { defineNode } from '../../define-node.js';
import { createEngine } from '../../engine/engine.js';
import type { EngineOptions } from '../../engine/engine-options.js';
import type { Engine } from '../../engine-api.js';
import type { RunEvent } from '../../event.js';
import type { Executor } from '../../executor.js';
import { createJavaScriptExecutor } from '../../javascript/executor.js';

const [join] = randomFlowTypes;
if (!join) throw new Error('There is no type for test flows.');
const python: NodeType = {
  ...join,
  id: 'test/py',
  implementation: { kind: 'source', language: 'python', source: '', entry: 'f', revision: '1', returns: 'single' },
};

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Calls of `test/held`, in the order in which they began; each waits until it is released. */
const held: { readonly signal: AbortSignal; readonly release: () => void }[] = [];

/** Waits until so many calls of `test/held` have begun; the page may have turns in between. */
async function begun(count: number): Promise<void> {
  while (held.length < count) await turn();
}

const types = [
  join,
  python,
  defineNode({
    id: 'test/count',
    inputs: { start: 'number', after: { type: 'any', required: false } },
    outputs: { next: 'number', both: 'any' },
    run: ({ start }) => ({ next: start + 1, both: [start, start + 1] }),
  }),
  defineNode({
    id: 'test/fail',
    inputs: { after: { type: 'any', required: false } },
    outputs: { out: 'any' },
    run: () => {
      throw new Error('no');
    },
  }),
  defineNode({
    id: 'test/append',
    inputs: { list: { type: 'json', default: [] } },
    outputs: { list: 'json' },
    run: ({ list }) => {
      (list as unknown[]).push(1);
      return { list };
    },
  }),
  defineNode({
    id: 'test/held',
    outputs: { out: 'any' },
    run: async (_, { signal }) => {
      await new Promise<void>((release) => held.push({ signal, release }));
      return { out: 1 };
    },
  }),
];
const library = createLibrary({ shelves: [{ name: 'test', types }] });

const engines: Engine[] = [];
afterEach(async () => {
  held.length = 0;
  for (const engine of engines.splice(0)) await engine.dispose();
});

function engineWith(executors: readonly Executor[], options: Partial<EngineOptions> = {}): Engine {
  const engine = createEngine({ library, executors, ...options });
  engines.push(engine);
  return engine;
}

/** An executor that counts batches and what is held. */
function watched(): { readonly executor: Executor; readonly batches: string[][] } {
  const executor = createJavaScriptExecutor();
  const batches: string[][] = [];
  const { execute } = executor;
  executor.execute = (batch, options) => {
    batches.push(batch.tasks.map(({ nodeId }) => nodeId));
    return execute.call(executor, batch, options);
  };
  return { executor, batches };
}

const chain: FlowDocument = flow()
  .node('a', 'test/count', { start: 1 })
  .node('b', 'test/count')
  .node('c', 'test/join')
  .wire('a.next', 'b.start')
  .wire('b.both', 'c.in')
  .wire('a.both', 'c.in').document;

describe('what is called', () => {
  it('[K1] functions get values of others by port, without batches', async () => {
    const { executor, batches } = watched();
    const engine = engineWith([executor]);
    const { outputs, counts } = await engine.run(chain).result;
    expect(counts).toMatchObject({ success: 3 });
    expect(batches).toEqual([]);
    expect(await engine.read(outputs.c?.out?.ref ?? { executor: '', handle: '' })).toEqual([
      [1, 2],
      [2, 3],
    ]);
  });

  it('[K1] what needs a value of another executor goes by batch, and what hangs on that is called', async () => {
    const { executor, batches } = watched();
    const py = createFakeExecutor({ id: 'py', performs: ['python'] });
    const engine = engineWith([executor, py]);
    const { document } = flow()
      .node('a', 'test/count', { start: 1 })
      .node('p', 'test/py')
      .node('j', 'test/join')
      .node('k', 'test/join')
      .wire('a.next', 'p.in')
      .wire('p.out', 'j.in')
      .wire('a.both', 'j.in')
      .wire('j.out', 'k.in');
    const run = engine.run(document);
    while (py.open.length === 0) await turn();
    py.succeed('p', { out: 'x' });
    const { outputs, status } = await run.result;
    expect(status).toBe('succeeded');
    expect(batches).toEqual([['j']]);
    expect(await engine.read(outputs.k?.out?.ref ?? { executor: '', handle: '' })).toEqual([[[1, 2], 'x']]);
  });

  it('[K1] a JavaScript source is called, once it is defined', async () => {
    const { executor, batches } = watched();
    const engine = engineWith([executor]);
    const { document } = flow()
      .javascript('own', 'export default ({ x }) => ({ y: x + 1 });', { x: 'any' }, { y: 'any' })
      .node('a', 'own', { x: 1 });
    for (let i = 0; i < 2; i++) {
      const { outputs } = await engine.run(document).result;
      expect(outputs.a?.y?.preview.data).toEqual({ 'text/plain': '2' });
    }
    expect(batches).toEqual([]);
  });

  it('[K2] a function may change the literals that it gets', async () => {
    const engine = engineWith([createJavaScriptExecutor()]);
    const { document } = flow()
      .node('a', 'test/append', { list: [0] })
      .node('b', 'test/append');
    for (let i = 0; i < 2; i++) {
      const { outputs } = await engine.run(document).result;
      expect(outputs.a?.list?.preview.data['text/plain']).toBe('[0,1]');
      expect(outputs.b?.list?.preview.data['text/plain']).toBe('[1]');
    }
  });

  it('[T4] [K1] with `stop` nothing is called after the first error', async () => {
    const engine = engineWith([createJavaScriptExecutor()]);
    const { document } = flow()
      .node('f', 'test/fail')
      .node('a', 'test/count', { start: 1 })
      .node('b', 'test/fail')
      .wire('f.out', 'b.after');
    const { counts, errors } = await engine.run(document, { onError: 'stop' }).result;
    expect(counts).toMatchObject({ error: 1, skipped: 2, success: 0 });
    expect(errors).toMatchObject([{ node: 'f', error: { code: 'javascript/exception' } }]);
  });
});

describe('values of calls', () => {
  it('[K3] a listener hears outputs whole, and a result that was superseded keeps its pictures', async () => {
    const engine = engineWith([createJavaScriptExecutor()]);
    const first = await engine.run(chain).result;
    const events: RunEvent[] = [];
    const run = engine.run(chain);
    run.subscribe((group) => events.push(...group));
    const second = await run.result;
    const heard = events.find((event) => event.kind === 'node-succeeded' && event.node === 'b');
    expect(heard).toMatchObject({ outputs: second.outputs.b });
    expect(JSON.parse(JSON.stringify(heard))).toEqual(heard);
    expect(await engine.read(second.outputs.b?.next?.ref ?? { executor: '', handle: '' })).toBe(3);
    expect(first.outputs.b?.next).toMatchObject({ typeName: 'number', preview: { data: { 'text/plain': '3' } } });
    await expect(engine.read(first.outputs.b?.next?.ref ?? { executor: '', handle: '' })).rejects.toMatchObject({
      code: 'value/lost',
    });
  });

  it('[K6] values that were superseded one by one are let go, and their pictures stay', async () => {
    const engine = engineWith([createJavaScriptExecutor()]);
    const first = await engine.run(chain).result;
    await engine.run(chain, { targets: { kind: 'nodes', nodes: ['c'] } }).result;
    expect(first.outputs.c?.out?.preview.data['text/plain']).toBe('[[1,2],[2,3]]');
    await expect(engine.read(first.outputs.c?.out?.ref ?? { executor: '', handle: '' })).rejects.toMatchObject({
      code: 'value/lost',
    });
    expect(await engine.read(first.outputs.b?.both?.ref ?? { executor: '', handle: '' })).toEqual([2, 3]);
  });

  it('[P4] [K3] a part takes what was called before, and runs what was made from older executions', async () => {
    const engine = engineWith([createJavaScriptExecutor()]);
    await engine.run(chain).result;
    const target = { targets: { kind: 'nodes', nodes: ['c'] } } as const;
    expect((await engine.run(chain, target).result).counts).toMatchObject({ success: 3, cached: 2 });
    await engine.run(chain, { targets: { kind: 'nodes', nodes: ['a'] } }).result;
    // The source ran anew and is not pure: what it fed does not hold any more.
    const { counts, outputs } = await engine.run(chain, target).result;
    expect(counts).toMatchObject({ success: 3, cached: 1 });
    expect(outputs.c?.out?.preview.data['text/plain']).toBe('[[1,2],[2,3]]');
  });
});

describe('asynchronous calls', () => {
  const two = flow().node('x', 'test/held').node('y', 'test/held').document;

  it('[K4] runs share the places of an executor', async () => {
    const engine = engineWith([createJavaScriptExecutor({ lanes: 3 })]);
    const runs = [engine.run(two), engine.run(two)];
    await begun(3);
    await turn();
    expect(held).toHaveLength(3);
    held[0]?.release();
    await begun(4);
    for (const { release } of held) release();
    const results = await Promise.all(runs.map((run) => run.result));
    expect(results.map(({ counts }) => counts.success)).toEqual([2, 2]);
  });

  it('[K5] cancelling ends them, tells them, and frees their places for the next run', async () => {
    const engine = engineWith([createJavaScriptExecutor({ lanes: 2 })]);
    const run = engine.run(two);
    await begun(2);
    const [late] = held;
    run.cancel();
    expect((await run.result).counts).toMatchObject({ cancelled: 2 });
    expect(late?.signal.aborted).toBe(true);
    const next = engine.run(two);
    await begun(4);
    late?.release();
    await turn();
    for (const { release } of held) release();
    expect((await next.result).counts).toMatchObject({ success: 2 });
  });

  it('[K5] disposing of the executor ends them as cancelled', async () => {
    const executor = createJavaScriptExecutor();
    const engine = engineWith([executor]);
    const run = engine.run(two);
    await begun(2);
    await executor.dispose();
    expect((await run.result).status).toBe('cancelled');
  });
});
