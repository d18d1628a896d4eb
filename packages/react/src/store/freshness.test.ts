import { createEngine, createJavaScriptExecutor, defineNode } from '@loom/engine';
import { createLibrary, type Operation } from '@loom/graph';
import { expect, onTestFinished, test } from 'vitest';
import { flowOf } from '../editor/fixture.js';
import { createLoomStore } from './loom-store.js';

const at = { x: 0, y: 0 };
let calls = 0;
const shelf = {
  name: 'Test',
  types: [
    defineNode({ id: 'count', outputs: { value: 'number' }, run: () => ({ value: ++calls }) }),
    defineNode({
      id: 'number',
      inputs: { value: { type: 'number', default: 1 } },
      outputs: { value: 'number' },
      pure: true,
      run: ({ value }) => ({ value }),
    }),
    defineNode({
      id: 'twice',
      inputs: { value: 'number' },
      outputs: { value: 'number' },
      run: ({ value }) => ({ value: value * 2 }),
    }),
  ],
};

function createStore() {
  const library = createLibrary({ shelves: [shelf] });
  const engine = createEngine({ library, executors: [createJavaScriptExecutor()] });
  onTestFinished(() => engine.dispose());
  const document = flowOf(
    {
      pure: { type: 'number', position: at, inputs: { value: 1 } },
      count: { type: 'count', position: at },
      left: { type: 'twice', position: at },
      right: { type: 'twice', position: at },
      end: { type: 'twice', position: at },
    },
    ['pure.value -> left.value', 'count.value -> right.value', 'right.value -> end.value'],
  );
  let due: (() => void) | undefined;
  let scheduled = 0;
  const store = createLoomStore({
    library,
    engine,
    document,
    scheduleStale: (check) => {
      scheduled += 1;
      due = check;
      return () => (due = undefined);
    },
  });
  const settle = () => {
    due?.();
    due = undefined;
  };
  return {
    store,
    scheduled: () => scheduled,
    settle,
    run: async (...nodes: string[]) => {
      await store.run(nodes.length === 0 ? {} : { targets: { kind: 'nodes', nodes } }).result;
      store.flush();
      settle();
    },
    edit: (...operations: Operation[]) => {
      store.dispatch(operations, { label: 'Edit' });
      settle();
    },
    stale: () => [...store.getState().runs.stale.keys()].sort(),
  };
}

test('results of a run are current until something that they follow from is changed, and again after undo', async () => {
  const { store, run, edit, settle, stale } = createStore();
  await run();
  expect(stale()).toEqual([]);
  edit({ kind: 'set-input', id: 'pure', port: 'value', value: 5 });
  expect(stale()).toEqual(['left', 'pure']);
  store.undo();
  settle();
  expect(stale()).toEqual([]);
  edit({ kind: 'move-nodes', positions: { pure: { x: 9, y: 9 } } });
  expect(stale()).toEqual([]);
  store.redo();
  edit({ kind: 'disconnect', ids: ['e2'] });
  expect(stale()).toEqual(['end', 'right']);
});

test('a run of a part makes that part current, and no more', async () => {
  const { run, edit, stale } = createStore();
  await run();
  edit({ kind: 'set-input', id: 'pure', port: 'value', value: 5 });
  await run('pure');
  expect(stale()).toEqual(['left']);
  await run('left');
  expect(stale()).toEqual([]);
});

test('what is executed again leaves behind what was made of it, unless it is pure', async () => {
  const { run, stale } = createStore();
  await run();
  await run('pure');
  expect(stale()).toEqual([]);
  await run('count');
  expect(stale()).toEqual(['end', 'right']);
  await run('right');
  expect(stale()).toEqual(['end']);
  await run();
  expect(stale()).toEqual([]);
});

test('an error is out of date as soon as its cause is gone', async () => {
  const { run, edit, stale } = createStore();
  edit({ kind: 'disconnect', ids: ['e1'] });
  await run();
  expect(stale()).toEqual([]);
  edit({ kind: 'set-input', id: 'left', port: 'value', value: 1 });
  expect(stale()).toEqual(['left']);
});

test('an edit while nodes run is noticed when they have ended', async () => {
  const { store, settle, stale } = createStore();
  const { result } = store.run();
  store.dispatch([{ kind: 'set-input', id: 'pure', port: 'value', value: 5 }], { label: 'Edit' });
  settle();
  await result;
  store.flush();
  settle();
  expect(stale()).toEqual(['left', 'pure']);
});

test('a run that has said nothing yet is not forgotten when the flow is edited', async () => {
  const { store, run, settle, stale } = createStore();
  await run();
  await run('pure');
  const { result } = store.run();
  store.dispatch([{ kind: 'set-input', id: 'pure', port: 'value', value: 5 }], { label: 'Edit' });
  settle();
  await result;
  store.flush();
  settle();
  expect(stale()).toEqual(['left', 'pure']);
});

test('nothing is compared before anything ran', () => {
  const { edit, scheduled } = createStore();
  edit({ kind: 'set-input', id: 'pure', port: 'value', value: 5 });
  expect(scheduled()).toBe(0);
});
