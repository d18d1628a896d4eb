import { createLibrary, type FlowDocument, LoomError } from '@loom/graph';
import { type FlowBuilder, flow, simulatedClock } from '@loom/testing';
import { expect, it, onTestFinished } from 'vitest';
import { builtinShelf } from '../builtin-shelf.js';
import { fakeEngine } from '../live/fake-engine-fixture.js';
import { type AutoRunOptions, autoRun } from './auto-run.js';

const number = (value: number): FlowBuilder => flow().node('n', 'loom/value-number', { value });
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** The same document with a node moved and named, as an edit makes it: everything else is the same object. */
function moved(document: FlowDocument, x: number): FlowDocument {
  const { n, ...others } = document.nodes;
  if (!n) throw new Error('no node');
  return { ...document, title: `at ${x}`, nodes: { n: { ...n, position: { x, y: 0 }, label: `at ${x}` }, ...others } };
}

function stage(options: AutoRunOptions = {}) {
  const clock = simulatedClock();
  const engine = fakeEngine(createLibrary({ shelves: [builtinShelf] }));
  const faults: unknown[] = [];
  const auto = autoRun(engine, { clock, onFault: (error) => faults.push(error), ...options });
  onTestFinished(() => auto.stop());
  const ran = (): unknown[] => engine.runs.map(({ document }) => document.nodes.n?.inputs?.value);
  return { auto, engine, clock, faults, ran };
}

it('[W1] runs what changed when edits have rested, and nothing for the document that was loaded', () => {
  const began: string[] = [];
  const { auto, engine, clock, ran } = stage({ inputs: { x: 1 }, timeoutMs: 5, onRun: ({ id }) => began.push(id) });
  auto.update(number(1).document);
  clock.advance(10_000);
  expect(engine.runs).toEqual([]);
  auto.update(number(2).document);
  clock.advance(149);
  auto.update(number(3).document);
  clock.advance(149);
  expect(engine.runs).toEqual([]);
  clock.advance(1);
  expect(ran()).toEqual([3]);
  expect(engine.runs[0]?.options).toEqual({ targets: { kind: 'changed' }, inputs: { x: 1 }, timeoutMs: 5 });
  expect(began).toEqual(['run-0']);
  clock.advance(10_000);
  expect(engine.runs).toHaveLength(1);
});

it('waits as long as it is told', () => {
  const { auto, clock, ran } = stage({ debounceMs: 1_000 });
  auto.update(number(1).document);
  auto.update(number(2).document);
  clock.advance(999);
  expect(ran()).toEqual([]);
  clock.advance(1);
  expect(ran()).toEqual([2]);
});

it('runs nothing for edits that change nothing that is computed', () => {
  const { auto, clock, engine } = stage();
  const { document } = number(1);
  auto.update(document);
  auto.update(moved(document, 5));
  expect(clock.pending).toBe(0);
  auto.update(number(2).document);
  auto.update(number(1).document);
  auto.update({ ...number(1).document, edges: {}, settings: { timeoutMs: 7 } });
  clock.advance(1_000);
  const two = number(1).node('alone', 'loom/value-number').document;
  expect(engine.runs).toHaveLength(0);
  auto.update(two);
  clock.advance(1_000);
  expect(engine.runs).toHaveLength(1);
  auto.update(number(1).document);
  clock.advance(1_000);
  expect(engine.runs).toHaveLength(1);
});

it('does not wait longer because something was moved, and runs with what was moved', () => {
  const { auto, clock, engine } = stage();
  auto.update(number(1).document);
  const { document } = number(2);
  auto.update(document);
  clock.advance(100);
  const last = moved(document, 7);
  auto.update(last);
  clock.advance(50);
  expect(engine.runs.map((run) => run.document)).toEqual([last]);
});

it('cancels a run that is overtaken, not one that still computes the same', () => {
  const { auto, clock, engine } = stage();
  engine.endsAtOnce = false;
  auto.update(number(1).document);
  auto.update(number(2).document);
  clock.advance(150);
  auto.update(number(3).document);
  clock.advance(100);
  auto.update(number(2).document);
  clock.advance(150);
  expect(engine.runs.map(({ status }) => status)).toEqual(['running']);
  auto.update(number(4).document);
  clock.advance(150);
  expect(engine.runs.map(({ status }) => status)).toEqual(['cancelling', 'running']);
  for (const run of engine.running) run.finish();
});

it('runs a document again when its run did not come to its end', async () => {
  const { auto, clock, engine, ran } = stage();
  const edit = async (value: number): Promise<void> => {
    auto.update(number(9).document);
    auto.update(number(value).document);
    clock.advance(150);
    await turn();
  };
  auto.update(number(1).document);
  await edit(2);
  engine.runs[0]?.finish('failed');
  await turn();
  await edit(2);
  expect(ran()).toEqual([2]);
  await edit(3);
  engine.runs[1]?.cancel();
  await turn();
  clock.advance(1_000);
  expect(ran()).toEqual([2, 3]);
  await edit(3);
  engine.runs[2]?.finish('timed-out');
  await turn();
  await edit(3);
  expect(ran()).toEqual([2, 3, 3, 3]);
});

it('runs at once when asked to', () => {
  const { auto, clock, ran, engine } = stage();
  expect(auto.flush()).toBeUndefined();
  auto.update(number(1).document);
  expect(auto.flush()).toBeUndefined();
  auto.update(number(2).document);
  expect(auto.flush()).toBe(engine.runs[0]);
  expect(auto.flush()).toBeUndefined();
  clock.advance(1_000);
  expect(ran()).toEqual([2]);
  expect(clock.pending).toBe(0);
});

it('tells when a run cannot begin, breaks down, or is not wanted by who hears of it, and goes on', async () => {
  const { auto, clock, engine, faults, ran } = stage({
    onRun: () => {
      throw new Error('mine');
    },
  });
  const refusal = new LoomError('flow/unknown-input', 'no');
  auto.update(number(1).document);
  engine.refusal = refusal;
  auto.update(number(2).document);
  clock.advance(150);
  expect(faults).toEqual([refusal]);
  engine.refusal = undefined;
  auto.update(number(1).document);
  clock.advance(150);
  expect(ran()).toEqual([1]);
  const broken = new Error('broken');
  engine.runs[0]?.breakDown(broken);
  await turn();
  expect(faults).toEqual([refusal, new Error('mine'), broken]);
});

it('runs nothing any more once it is stopped, and waits for its run', async () => {
  const { auto, clock, engine } = stage();
  engine.endsAtOnce = false;
  auto.update(number(1).document);
  auto.update(number(2).document);
  clock.advance(150);
  auto.update(number(3).document);
  let isStopped = false;
  const stopping = auto.stop();
  expect(auto.stop()).toBe(stopping);
  void stopping.then(() => {
    isStopped = true;
  });
  auto.update(number(4).document);
  await turn();
  expect([isStopped, clock.pending, engine.runs[0]?.status]).toEqual([false, 0, 'cancelling']);
  expect(auto.flush()).toBeUndefined();
  engine.runs[0]?.finish('cancelled');
  await stopping;
  expect(engine.runs).toHaveLength(1);
});
