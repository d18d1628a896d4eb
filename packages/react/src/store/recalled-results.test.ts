import { expect, test } from 'vitest';
import { counted } from './counted-fixture.js';

test('undo of an input brings its earlier results back, and redo the later ones, without running', async () => {
  const { store, executions, shown, isStale, set } = counted();
  set(1);
  await store.run().result;
  set(21);
  await store.run().result;
  expect([shown('source'), shown('double')]).toEqual(['21', '42']);
  const before = executions.length;
  store.undo();
  expect([shown('source'), shown('double'), isStale('double')]).toEqual(['1', '2', false]);
  store.redo();
  expect([shown('source'), shown('double'), isStale('double')]).toEqual(['21', '42', false]);
  expect(executions).toHaveLength(before);
  expect(store.getState().runs.running).toBe(false);
});

test('what came back is taken for true: a run of what has changed executes nothing', async () => {
  const { store, executions, shown, set } = counted();
  set(1);
  await store.run().result;
  set(21);
  await store.run().result;
  store.undo();
  const before = executions.length;
  expect((await store.run({ targets: { kind: 'changed' } }).result).counts.cached).toBe(2);
  expect(executions).toHaveLength(before);
  expect([shown('source'), shown('double')]).toEqual(['1', '2']);
});

test('a result that was made from another execution of what feeds it does not come back', async () => {
  const { store, shown, isStale } = counted();
  await store.run().result;
  const label = { kind: 'update-node', id: 'double', changes: { label: 'Twice' } } as const;
  await store.run({ targets: { kind: 'selection', nodes: ['source'] } }).result;
  store.dispatch([label], { label: 'Rename' });
  expect([shown('double'), isStale('double')]).toEqual(['2', true]);
});

test('an earlier run can be looked at, with what it printed, until another one is started', async () => {
  const { store, shown, set } = counted();
  set(1);
  const first = store.run();
  await first.result;
  set(21);
  await store.run().result;
  store.lookAtRun(first.id);
  expect([shown('source'), shown('double')]).toEqual(['1', '2']);
  expect(store.getState().runs.kept.get(first.id)?.document.nodes.source?.inputs).toEqual({ value: 1 });
  await store.run().result;
  expect(store.getState().session.pastRun).toBeUndefined();
  expect(shown('double')).toBe('42');
});
