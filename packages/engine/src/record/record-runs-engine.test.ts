import { createLibrary } from '@loom/graph';
import { flow, randomFlow } from '@loom/testing';
import fc from 'fast-check';
import { expect, it, onTestFinished } from 'vitest';
import { builtinShelf } from '../builtin-shelf.js';
import { defineNode } from '../define-node.js';
import { createEngine } from '../engine/engine.js';
import { createJavaScriptExecutor } from '../javascript/executor.js';
import { recordRuns } from './record-runs.js';

const inputs = { in: { type: 'any', multiple: true, required: false } } as const;
const outputs = { out: 'any' } as const;
const types = [
  defineNode({ id: 'test/now', inputs, outputs, run: () => ({ out: 1 }) }),
  defineNode({ id: 'test/later', inputs, outputs, run: async () => ({ out: 1 }) }),
  defineNode({ id: 'test/fails', inputs, outputs, run: () => Promise.reject(new Error('no')) }),
];

it('has one span of each node of a run of an engine, within the time of the run', async () => {
  const engine = createEngine({
    library: createLibrary({ shelves: [{ name: 'test', types }] }),
    executors: [createJavaScriptExecutor()],
  });
  onTestFinished(() => engine.dispose());
  const recorder = recordRuns(engine);
  await fc.assert(
    fc.asyncProperty(randomFlow({ types: [...types.map(({ id }) => id), 'test/now'] }), async (document) => {
      const { counts, runId } = await engine.run(document).result;
      const run = recorder.runs.at(-1);
      expect(run).toMatchObject({ id: runId, counts, dropped: 0 });
      const states = { success: 0, cached: 0, error: 0, skipped: 0, cancelled: 0, running: 0, retried: 0 };
      const seen: string[] = [];
      for (const { node, state, start, end } of run?.spans() ?? []) {
        states[state]++;
        seen.push(node);
        expect(start).toBeGreaterThanOrEqual(0);
        expect(end).toBeGreaterThanOrEqual(start);
        expect(end).toBeLessThanOrEqual(run?.durationMs ?? -1);
      }
      const { success, cached, error, skipped, cancelled } = states;
      expect({ success: success + cached, cached, error, skipped, cancelled }).toEqual(counts);
      expect(seen.sort()).toEqual(Object.keys(document.nodes).sort());
    }),
  );
});

it('[H5] keeps every iteration of a zone, with its nodes within it', async () => {
  const library = createLibrary({ shelves: [builtinShelf, { name: 'test', types }] });
  const engine = createEngine({ library, executors: [createJavaScriptExecutor()] });
  onTestFinished(() => engine.dispose());
  const recorder = recordRuns(engine);
  const { document } = flow()
    .node('zone', 'loom/for-each', { items: [1, 2, 3] }, { zone: { kind: 'for-each', concurrency: 2 } })
    .node('body', 'test/later')
    .wire('zone.item', 'body.in')
    .wire('body.out', 'zone.result');
  const { body } = document.nodes;
  if (!body) throw new Error('no node');
  const inZone = { ...document, nodes: { ...document.nodes, body: { ...body, parent: 'zone' } } };
  expect((await engine.run(inZone).result).status).toBe('succeeded');
  const spans = [...(recorder.runs[0]?.spans() ?? [])];
  for (const index of [0, 1, 2]) {
    const [node, iteration] = spans.filter(({ frame }) => frame?.[0]?.index === index);
    expect(node).toMatchObject({ kind: 'node', node: 'body', frame: [{ node: 'zone', index }], state: 'success' });
    expect(iteration).toMatchObject({
      kind: 'frame',
      node: 'zone',
      frame: [{ node: 'zone', index }],
      state: 'success',
    });
    expect(node?.start).toBeGreaterThanOrEqual(iteration?.start ?? Number.NaN);
    expect(node?.end).toBeLessThanOrEqual(iteration?.end ?? Number.NaN);
  }
  const atRoot = spans.filter(({ frame }) => !frame).map(({ node, state }) => `${node} ${state}`);
  expect(atRoot.sort()).toEqual(['body success', 'zone success']);
});
