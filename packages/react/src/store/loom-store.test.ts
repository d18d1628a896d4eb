import { createEngine, createJavaScriptExecutor } from '@loom/engine';
import { emptyDocument } from '@loom/graph';
import { expect, onTestFinished, test } from 'vitest';
import { library, sumFlow } from '../editor/fixture.js';
import { createLoomStore } from './loom-store.js';

function createStore() {
  let count = 0;
  let time = 0;
  const store = createLoomStore({
    document: sumFlow,
    library,
    createId: (prefix) => `${prefix}${++count}`,
    now: () => time,
  });
  return { store, pass: (ms: number) => (time += ms), document: () => store.getState().flow.document };
}

test('a change is undone and done again', () => {
  const { store, document } = createStore();
  const result = store.dispatch([{ kind: 'remove-nodes', ids: ['one'] }], { label: 'Delete' });
  expect(result.ok).toBe(true);
  expect(document().nodes.one).toBeUndefined();
  expect(document().edges).toEqual({});
  expect(store.undo()).toBe(true);
  expect(document()).toEqual(sumFlow);
  expect(store.redo()).toBe(true);
  expect(document().nodes.one).toBeUndefined();
  expect(store.redo()).toBe(false);
});

test('a refusal leaves everything as it was and says why', () => {
  const { store } = createStore();
  const before = store.getState();
  const result = store.dispatch(
    [{ kind: 'connect', id: 'x', edge: { source: 'text', sourcePort: 'text', target: 'sum', targetPort: 'b' } }],
    { label: 'Connect' },
  );
  expect(result.ok ? '' : result.error.message).toMatch(/string/);
  expect(store.getState()).toBe(before);
});

test('typing into one field is one step, unless one pauses', () => {
  const { store, pass, document } = createStore();
  const type = (value: number) =>
    store.dispatch([{ kind: 'set-input', id: 'one', port: 'value', value }], { label: 'Set', mergeKey: 'input:one' });
  type(10);
  pass(100);
  type(11);
  pass(100);
  type(12);
  pass(5000);
  type(13);
  store.undo();
  expect(document().nodes.one?.inputs).toEqual({ value: 12 });
  store.undo();
  expect(document().nodes.one?.inputs).toEqual({ value: 1 });
});

test('undo selects what it brings back, and a removal deselects', () => {
  const { store } = createStore();
  store.select({ nodes: ['one', 'two'], edges: ['e1'] });
  store.dispatch([{ kind: 'remove-nodes', ids: ['one'] }], { label: 'Delete' });
  expect([...store.getState().session.selection.nodes]).toEqual(['two']);
  expect([...store.getState().session.selection.edges]).toEqual([]);
  store.undo();
  expect([...store.getState().session.selection.nodes]).toEqual(['one']);
});

test('undo touches neither the session beside the selection nor the runs', () => {
  const { store } = createStore();
  store.setViewport({ x: 5, y: 6, zoom: 2 });
  store.setPanel('inspector', { open: false });
  store.dispatch([{ kind: 'move-nodes', positions: { one: { x: 9, y: 9 } } }], { label: 'Move' });
  const { session, runs } = store.getState();
  store.undo();
  expect(store.getState().runs).toBe(runs);
  expect(store.getState().session).toBe(session);
});

test('a document from outside begins a new history, and the same one does nothing', () => {
  const { store } = createStore();
  store.dispatch([{ kind: 'move-nodes', positions: { one: { x: 9, y: 9 } } }], { label: 'Move' });
  const state = store.getState();
  store.replaceDocument(state.flow.document);
  expect(store.getState()).toBe(state);
  store.replaceDocument(emptyDocument);
  expect(store.getState().flow.history.past).toEqual([]);
  expect(store.undo()).toBe(false);
});

test('a read-only store refuses changes but still selects', () => {
  const store = createLoomStore({ document: sumFlow, library, readOnly: true });
  const result = store.dispatch([{ kind: 'remove-nodes', ids: ['one'] }], { label: 'Delete' });
  expect(result.ok ? '' : result.error.code).toBe('editor/read-only');
  expect(store.undo()).toBe(false);
  store.selectAll();
  expect(store.getState().session.selection.nodes.size).toBe(4);
});

test('listeners hear of edits, not of documents that the app puts in', () => {
  const { store } = createStore();
  const heard: string[] = [];
  const stop = store.subscribeChanges((_, { kind, label }) => heard.push(`${kind} ${label}`));
  store.dispatch([{ kind: 'move-nodes', positions: { one: { x: 9, y: 9 } } }], { label: 'Move' });
  store.undo();
  store.redo();
  store.replaceDocument(emptyDocument);
  stop();
  store.replaceDocument(sumFlow);
  store.dispatch([{ kind: 'move-nodes', positions: { one: { x: 9, y: 9 } } }], { label: 'Move' });
  expect(heard).toEqual(['edit Move', 'undo Move', 'redo Move']);
});

test('running without an engine is refused', () => {
  const { store } = createStore();
  expect(() => store.run()).toThrow(expect.objectContaining({ code: 'editor/no-engine' }));
});

test('an engine that is replaced stops its runs, and their nodes do not stay running', async () => {
  const startEngine = () => {
    const engine = createEngine({ library, executors: [createJavaScriptExecutor()] });
    onTestFinished(() => engine.dispose());
    return engine;
  };
  const store = createLoomStore({ document: sumFlow, library, engine: startEngine() });
  const { result } = store.run();
  store.setEngine(startEngine());
  await result;
  store.flush();
  const { run, running } = store.getState().runs;
  expect(running).toBe(false);
  expect([...run.nodes.values()].filter(({ status }) => status === 'running' || status === 'queued')).toEqual([]);
  expect(run.status).toBe('cancelled');
  expect(run.nodes.size).toBe(4);
  expect((await store.run().result).status).toBe('succeeded');
});
