import { createLibrary, type FlowDocument } from '@loom/graph';
import { flow } from '@loom/testing';
import { expect, it, onTestFinished } from 'vitest';
import type { Run } from '../api.js';
import { defineNode } from '../define-node.js';
import { createEngine } from '../engine/engine.js';
import { createJavaScriptExecutor } from '../javascript/executor.js';
import { autoRun } from './auto-run.js';

it('[H6] runs after edits pass by breakpoints, unless they are received', async () => {
  const give = defineNode({
    id: 'test/give',
    inputs: { value: 'any' },
    outputs: { value: 'any' },
    run: (given) => given,
  });
  const engine = createEngine({
    library: createLibrary({ shelves: [{ name: 'test', types: [give] }] }),
    executors: [createJavaScriptExecutor()],
  });
  onTestFinished(() => engine.dispose());
  const flowOf = (value: number): FlowDocument =>
    flow().node('a', 'test/give', { value }, { breakpoint: true }).document;
  const pauses: boolean[] = [];
  const watch = (run: Run): void => {
    run.subscribe((events) => {
      if (!events.some(({ kind }) => kind === 'run-paused')) return;
      pauses.push(run.isPaused);
      run.resume();
    });
  };
  let value = 1;
  for (const auto of [autoRun(engine), autoRun(engine, { onRun: watch })]) {
    auto.update(flowOf(value++));
    auto.update(flowOf(value));
    expect(await auto.flush()?.result).toMatchObject({ status: 'succeeded' });
    await auto.stop();
  }
  expect(pauses).toEqual([true]);
});

it('[W1] an edit runs its cone, and undo runs nothing', async () => {
  const executed: unknown[] = [];
  const note = defineNode({
    id: 'test/note',
    inputs: { value: 'any' },
    outputs: { value: 'any' },
    run: async ({ value }) => {
      executed.push(value);
      return { value };
    },
  });
  const engine = createEngine({
    library: createLibrary({ shelves: [{ name: 'test', types: [note] }] }),
    executors: [createJavaScriptExecutor()],
  });
  onTestFinished(() => engine.dispose());
  const flowOf = (value: number): FlowDocument =>
    flow()
      .node('a', 'test/note', { value })
      .node('b', 'test/note')
      .node('c', 'test/note', { value: 'aside' })
      .wire('a.value', 'b.value').document;

  const auto = autoRun(engine);
  const executedBy = async (document: FlowDocument): Promise<readonly unknown[]> => {
    executed.length = 0;
    auto.update(document);
    await auto.flush()?.result;
    return [...executed];
  };
  expect(await executedBy(flowOf(1))).toEqual([]);
  expect(await executedBy(flowOf(2))).toEqual([2, 'aside', 2]);
  expect(await executedBy(flowOf(3))).toEqual([3, 3]);
  expect(await executedBy(flowOf(2))).toEqual([]);
  expect(await executedBy(flowOf(3))).toEqual([]);
  await auto.stop();
});
