import { createLibrary } from '@loom/graph';
import { randomFlow } from '@loom/testing';
import fc from 'fast-check';
import { expect, it, onTestFinished } from 'vitest';
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
