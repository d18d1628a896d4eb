import { createEngine, createJavaScriptExecutor, type RunEvent } from '@loom/engine';
import { expect, onTestFinished, test } from 'vitest';
import { zoneFlow, zoneLibrary } from '../editor/zone-fixture.js';
import { shownIterations, shownRun } from '../run/shown-run.js';
import { createOpenedStore } from '../subgraph/opened-store.js';
import { createFrameRecorder, frameKey, MAX_FRAMES } from './frame-records.js';
import { createLoomStore } from './loom-store.js';

test('each iteration shows what its nodes gave, and all of them what the last one did', async () => {
  const engine = createEngine({ library: zoneLibrary, executors: [createJavaScriptExecutor()] });
  onTestFinished(() => engine.dispose());
  const store = createLoomStore({ document: zoneFlow, library: zoneLibrary, engine });
  await store.run().result;
  store.flush();
  const shown = () => Object.values(shownRun(store.getState(), 'add')?.outputs?.sum?.preview.data ?? {})[0];
  expect(shownIterations(store.getState(), 'each')).toMatchObject({ first: 0, last: 2, started: 3, ended: 3 });
  expect(shown()).toBe('13');
  store.setFrame('each', 0);
  expect(shown()).toBe('11');
  store.setFrame('each', 1);
  expect(shown()).toBe('12');
  store.setFrame('each', undefined);
  expect(shown()).toBe('13');
});

test('of an earlier run the iterations are looked at again; of fewer than chosen, the last', async () => {
  const engine = createEngine({ library: zoneLibrary, executors: [createJavaScriptExecutor()] });
  onTestFinished(() => engine.dispose());
  const store = createOpenedStore(createLoomStore({ document: zoneFlow, library: zoneLibrary, engine }));
  await store.run().result;
  store.dispatch([{ kind: 'set-input', id: 'each', port: 'items', value: [5, 6, 7, 8] }], { label: 'Set' });
  await store.run().result;
  store.flush();
  const [first] = [...store.getState().runs.kept.keys()];
  const shown = () => Object.values(shownRun(store.getState(), 'add')?.outputs?.sum?.preview.data ?? {})[0];
  const last = () => shownIterations(store.getState(), 'each')?.last;
  store.setFrame('each', 1);
  expect([shown(), last()]).toEqual(['16', 3]);
  store.lookAtRun(first);
  expect([shown(), last()]).toEqual(['12', 2]);
  store.lookAtRun(undefined);
  store.setFrame('each', 3);
  expect(shown()).toBe('18');
  store.lookAtRun(first);
  expect(shown()).toBe('13');
});

test('of very many iterations the oldest values go', () => {
  const recorder = createFrameRecorder();
  const frame = (index: number) => [{ node: 'zone', index }];
  const events = Array.from({ length: MAX_FRAMES + 10 }, (_, index): RunEvent[] => {
    const common = { runId: 'r', sequence: 0, at: 0, frame: frame(index) };
    return [
      { ...common, kind: 'frame-started', node: 'zone' },
      { ...common, kind: 'node-skipped', node: 'a', reason: { kind: 'muted' } },
      { ...common, kind: 'frame-finished', node: 'zone', status: index === 3 ? 'failed' : 'succeeded' },
    ];
  }).flat();
  const records = recorder.take(events);
  expect(records.iterations('zone')).toMatchObject({ first: 10, last: MAX_FRAMES + 9, failed: [3] });
  expect(records.nodeRun(frameKey(frame(9)), 'a')).toBeUndefined();
  expect(records.nodeRun(frameKey(frame(10)), 'a')?.status).toBe('skipped');
});

test('a new run of a zone begins with nothing', () => {
  const recorder = createFrameRecorder();
  const event = { runId: 'r', sequence: 0, at: 0 };
  recorder.take([{ ...event, kind: 'frame-started', node: 'zone', frame: [{ node: 'zone', index: 0 }] }]);
  const records = recorder.take([{ ...event, runId: 's', kind: 'run-started', nodes: ['zone'] }]);
  expect(records.iterations('zone')).toBeUndefined();
});
