import { createLibrary, type FlowDocument } from '@loom/graph';
import { flow } from '@loom/testing';
import { expect, it, onTestFinished } from 'vitest';
import type { Run } from '../../api.js';
import { builtinShelf } from '../../builtin-shelf.js';
import { defineNode } from '../../define-node.js';
import { createEngine } from '../../engine/engine.js';
import type { Engine } from '../../engine-api.js';
import type { RunEvent } from '../../event.js';
import { createJavaScriptExecutor } from '../../javascript/executor.js';

/** What `act` does when its node is called, by the value that the node is given; it may give a promise. */
type Act = (value: number, log: (text: string) => void) => unknown;

/** An engine with one function, `act`, which hands its value on, and a flow of three such nodes in a row. */
function stage(act: Act): { readonly engine: Engine; readonly document: FlowDocument } {
  const type = defineNode({
    id: 'test/act',
    inputs: { value: 'number' },
    outputs: { value: 'number' },
    run: ({ value }, { log }) => {
      const done = act(value, log);
      const outputs = { value: value + 1 };
      return done instanceof Promise ? (done.then(() => outputs) as never) : outputs;
    },
  });
  const library = createLibrary({ shelves: [builtinShelf, { name: 'test', types: [type] }] });
  const engine = createEngine({ library, executors: [createJavaScriptExecutor()] });
  onTestFinished(() => engine.dispose());
  const { document } = flow()
    .node('a', 'test/act', { value: 0 })
    .node('b', 'test/act')
    .node('c', 'test/act')
    .wire('a.value', 'b.value')
    .wire('b.value', 'c.value');
  return { engine, document };
}

it('[K4] the page has its turn while functions that are not quick follow one another', async () => {
  const spin: Act = () => {
    const end = performance.now() + 4;
    while (performance.now() < end);
  };
  const { engine, document } = stage(spin);
  let turns = 0;
  let isOver = false;
  const count = (): void => {
    turns++;
    if (!isOver) setImmediate(count);
  };
  // What has to be waited for in the first run is there then.
  await engine.run(document).result;
  setImmediate(count);
  await engine.run(document).result;
  isOver = true;
  expect(turns).toBeGreaterThan(0);
});

it('[P4] [R1] what has ended holds for others while the rest goes on', async () => {
  const decided: unknown[] = [];
  const { engine, document } = stage((value) => {
    if (value !== 1) return;
    const { nodes } = engine.plan(document, { targets: { kind: 'nodes', nodes: ['b'] } });
    decided.push(nodes.get('a')?.action);
  });
  const { outputs } = await engine.run(document).result;
  expect(decided).toEqual(['reuse']);
  expect(await engine.read(outputs.c?.value?.ref ?? { executor: '', handle: '' })).toBe(3);
});

it('[P4] [R1] likewise while it waits for a promise', async () => {
  let release = (): void => {};
  let begin = (): void => {};
  const begun = new Promise<void>((go) => {
    begin = go;
  });
  const { engine, document } = stage((value) => {
    if (value !== 1) return undefined;
    begin();
    return new Promise<void>((go) => {
      release = go;
    });
  });
  const { result } = engine.run(document);
  await begun;
  const { nodes } = engine.plan(document, { targets: { kind: 'nodes', nodes: ['b'] } });
  expect([nodes.get('a')?.action, nodes.get('b')?.action]).toEqual(['reuse', 'run']);
  release();
  expect((await result).counts).toMatchObject({ success: 3 });
});

it('[E1] [E3] what a function says after its end is neither told nor counted', async () => {
  const events: RunEvent[] = [];
  let run: Run | undefined;
  let early: (text: string) => void = () => {};
  const { engine, document } = stage((value, log) => {
    log(`value ${value}`);
    if (value === 0) early = log;
    else early('too late');
    if (value === 2) run?.subscribe((group) => events.push(...group));
  });
  run = engine.run(document);
  await run.result;
  // The start, three that wait, three that start, speak and end, and the end.
  expect(events.map(({ kind, sequence }) => [kind, sequence])).toEqual([
    ['node-succeeded', 12],
    ['run-finished', 13],
  ]);
});

it('[F4] values of the last iteration can be looked at when nobody listened', async () => {
  const { engine } = stage(() => {});
  const { document } = flow()
    .zone('each', { kind: 'for-each' }, { items: [5, 6, 7] })
    .node('one', 'test/act')
    .into('each', 'one')
    .wire('each.item', 'one.value');
  const run = engine.run(document);
  expect((await run.result).counts).toMatchObject({ success: 2 });
  const last = run.inspect({ node: 'one', port: 'value' }, [{ node: 'each', index: 2 }]);
  expect(last?.preview.data['text/plain']).toBe('8');
  expect(run.inspect({ node: 'one', port: 'value' }, [{ node: 'each', index: 1 }])).toBeUndefined();
});
