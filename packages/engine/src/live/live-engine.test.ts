import { createLibrary, type FlowDocument } from '@loom/graph';
import { flow, simulatedClock } from '@loom/testing';
import { expect, it, onTestFinished } from 'vitest';
import { builtinShelf } from '../builtin-shelf.js';
import { defineNode } from '../define-node.js';
import { createEngine } from '../engine/engine.js';
import { createJavaScriptExecutor } from '../javascript/executor.js';
import { recordRuns } from '../record/record-runs.js';
import { goLive } from './go-live.js';
import type { LiveEvent, LiveFlow } from './live-flow.js';

/** A real engine with a node type that writes down what it gets. */
function stage() {
  const got: unknown[] = [];
  const note = defineNode({
    id: 'test/note',
    inputs: { value: 'any', with: { type: 'any', required: false } },
    outputs: { value: 'any' },
    run: async ({ value, with: other }) => {
      got.push(other === undefined ? value : [value, other]);
      return { value };
    },
  });
  const clock = simulatedClock(1_000);
  const engine = createEngine({
    library: createLibrary({ shelves: [builtinShelf, { name: 'test', types: [note] }] }),
    executors: [createJavaScriptExecutor()],
  });
  onTestFinished(() => engine.dispose());
  return { engine, clock, got };
}

const order: FlowDocument = flow()
  .node('order', 'loom/host-event', { name: 'order' })
  .node('rate', 'test/note', { value: 3 })
  .node('sum', 'test/note')
  .node('aside', 'test/note', { value: 'aside' })
  .wire('order.payload', 'sum.value')
  .wire('rate.value', 'sum.with').document;

it('[L3] a firing runs what depends on its node with the payload, and reuses what else that needs', async () => {
  const { engine, clock, got } = stage();
  const live = goLive(engine, order, { clock });
  const recorder = recordRuns(engine);
  const events: LiveEvent[] = [];
  live.subscribe((group) => events.push(...group));
  const finished = (count: number): Promise<void> =>
    new Promise((resolve) => {
      const stop = live.subscribe(() => {
        if (events.filter(({ kind }) => kind === 'firing-finished').length < count) return;
        stop();
        resolve();
      });
    });
  expect(live.emit('order', { id: 1 })).toBe(1);
  live.emit('order', { id: 2 });
  await finished(2);
  expect(got).toEqual([3, [{ id: 1 }, 3], [{ id: 2 }, 3]]);
  expect(events.filter(({ kind }) => kind === 'firing-finished')).toMatchObject([
    { node: 'order', firing: 0, status: 'succeeded' },
    { node: 'order', firing: 1, status: 'succeeded' },
  ]);
  expect(recorder.runs.map(({ trigger }) => trigger)).toEqual([
    { node: 'order', firing: 0 },
    { node: 'order', firing: 1 },
  ]);
  await live.stop();
});

it('[H6] child runs pass by breakpoints, unless they are received', async () => {
  const { engine, clock } = stage();
  const document = flow()
    .node('order', 'loom/host-event', { name: 'order' })
    .node('sum', 'test/note', {}, { breakpoint: true })
    .wire('order.payload', 'sum.value').document;
  const ended = (live: LiveFlow): Promise<string> =>
    new Promise((resolve) => {
      live.subscribe((events) => {
        for (const event of events) if (event.kind === 'firing-finished') resolve(event.status);
      });
    });
  const alone = goLive(engine, document, { clock });
  alone.emit('order');
  expect(await ended(alone)).toBe('succeeded');
  await alone.stop();

  const waited: unknown[] = [];
  const watched = goLive(engine, document, {
    clock,
    onRun: (run) => {
      run.subscribe((events) => {
        if (!events.some(({ kind }) => kind === 'run-paused')) return;
        waited.push(...run.waiting);
        run.resume();
      });
    },
  });
  watched.emit('order');
  expect(await ended(watched)).toBe('succeeded');
  expect(waited).toEqual([{ node: 'sum' }]);
  await watched.stop();
});

it('[L5] stopping cancels what runs', async () => {
  const { engine, clock } = stage();
  const wait = flow()
    .node('tick', 'loom/timer', { intervalMs: 10 })
    .javascript(
      'wait',
      'export default (_, { signal }) => new Promise((_, no) => signal.addEventListener("abort", no))',
      { x: 'any' },
      { y: 'any' },
    )
    .node('w', 'wait')
    .wire('tick.tick', 'w.x').document;
  const live = goLive(engine, wait, { clock });
  const events: LiveEvent[] = [];
  live.subscribe((group) => events.push(...group));
  clock.advance(25);
  await live.stop();
  expect(events.map((event) => (event.kind === 'firing-finished' ? event.status : event.kind))).toEqual([
    'source-started',
    'firing-started',
    'source-stopped',
    'firings-dropped',
    'cancelled',
    'live-stopped',
  ]);
});
