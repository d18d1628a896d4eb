import { createEngine, createJavaScriptExecutor, defineNode } from '@loom/engine';
import { createLibrary, type Json } from '@loom/graph';
import { onTestFinished } from 'vitest';
import { flowOf } from '../editor/fixture.js';
import { createOpenedStore } from '../subgraph/opened-store.js';
import type { Schedule } from './flush-schedule.js';
import { createLoomStore } from './loom-store.js';

/** A flow of a number that is doubled, and how often each node was executed. */
export function counted() {
  const executions: string[] = [];
  const count = (title: string, work: (value: number) => Json) =>
    defineNode({
      id: `test/${title}`,
      inputs: { value: { type: 'number', default: 1 } },
      outputs: { out: 'number' },
      run: ({ value }) => {
        executions.push(title);
        return { out: work(Number(value)) as number };
      },
    });
  const library = createLibrary({
    shelves: [{ name: 'Test', types: [count('source', (value) => value), count('double', (value) => value * 2)] }],
  });
  const at = { x: 0, y: 0 };
  const document = flowOf(
    { source: { type: 'test/source', position: at }, double: { type: 'test/double', position: at } },
    ['source.out -> double.value'],
  );
  const engine = createEngine({ library, executors: [createJavaScriptExecutor()] });
  onTestFinished(() => engine.dispose());
  const atOnce: Schedule = (check) => {
    check();
    return () => undefined;
  };
  const root = createLoomStore({ document, library, engine, schedule: atOnce, scheduleStale: atOnce });
  onTestFinished(() => root.dispose());
  const store = createOpenedStore(root);
  const shown = (id: string) => {
    const state = store.getState().runs.run.nodes.get(id);
    return state?.outputs?.out?.preview.data['text/plain'];
  };
  const isStale = (id: string) => {
    const { stale, run } = store.getState().runs;
    return stale.has(id) && stale.get(id) === run.nodes.get(id)?.runId;
  };
  const set = (value: number) =>
    store.dispatch([{ kind: 'set-input', id: 'source', port: 'value', value }], { label: `Set ${value}` });
  return { store, executions, shown, isStale, set };
}
