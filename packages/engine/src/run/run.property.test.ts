import { createLibrary, type FlowDocument, type NodeType } from '@loom/graph';
import {
  createFakeExecutor,
  type FakeExecutor,
  randomFlow,
  randomFlowTypes,
  type SimulatedClock,
  simulatedClock,
} from '@loom/testing';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Run, RunResult } from '../api.js';
import { defineNode } from '../define-node.js';
import { createEngine } from '../engine/engine.js';
import type { NodeRunStatus, RunEvent } from '../event.js';
import { createJavaScriptExecutor } from '../javascript/executor.js';
import { isFinal, type NodeStatusEvent, transition } from '../run-state/transition.js';

/** The same node in another language, so that values move between two executors. */
const [join] = randomFlowTypes;
if (!join) throw new Error('There is no type for random flows.');
const pythonJoin: NodeType = {
  ...join,
  id: 'test/python-join',
  implementation: { kind: 'source', language: 'python', source: '', entry: 'f', revision: '1', returns: 'single' },
};
const inputs = { in: { type: 'any', multiple: true, required: false } } as const;
const outputs = { out: 'any' } as const;
const later = defineNode({ id: 'test/later', inputs, outputs, run: async ({ in: items }) => ({ out: items }) });
const fails = defineNode({
  id: 'test/fails',
  inputs,
  outputs,
  run: () => {
    throw new Error('It failed.');
  },
});
const library = createLibrary({ shelves: [{ name: 'test', types: [join, pythonJoin, later, fails] }] });
const types = ['test/join', 'test/join', 'test/python-join', 'test/unknown', 'test/later', 'test/fails'];

type Step = 'succeed' | 'fail' | 'begin' | 'print' | 'lose' | 'crash' | 'cancel' | 'time out' | 'release';

const steps = fc.array(
  fc.record({
    dice: fc.nat(),
    step: fc.oneof(
      { weight: 12, arbitrary: fc.constant<Step>('succeed') },
      { weight: 2, arbitrary: fc.constantFrom<Step>('begin', 'print', 'fail', 'release') },
      { weight: 1, arbitrary: fc.constantFrom<Step>('lose', 'crash', 'cancel', 'time out') },
    ),
  }),
  { minLength: 0, maxLength: 60 },
);

const settings = fc.record({
  // Functions that are really called, or tasks of a fake that the script ends.
  functions: fc.constantFrom('called' as const, 'sent' as const),
  lanes: fc.constantFrom(1, 3),
  otherLanes: fc.constantFrom(1, 2),
  start: fc.constantFrom('ready' as const, 'ready' as const, 'ready' as const, 'fails' as const, 'held' as const),
  onAbort: fc.constantFrom('at once' as const, 'held' as const),
  onError: fc.constantFrom('continue' as const, 'continue' as const, 'stop' as const),
  target: fc.option(fc.nat(), { nil: undefined }),
});

interface Played {
  readonly events: readonly RunEvent[];
  readonly result: RunResult;
  readonly scope: readonly string[];
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

async function play(
  document: FlowDocument,
  script: readonly { readonly dice: number; readonly step: Step }[],
  { functions, lanes, otherLanes, start, onAbort, onError, target }: Settings,
): Promise<Played> {
  const clock = simulatedClock();
  const js = createFakeExecutor({ id: 'js', performs: ['function'], lanes, onAbort });
  const py = createFakeExecutor({ id: 'py', performs: ['python'], lanes: otherLanes, start, onAbort });
  const fakes = functions === 'called' ? [py] : [js, py];
  const executors = functions === 'called' ? [createJavaScriptExecutor({ id: 'js', lanes }), py] : fakes;
  const engine = createEngine({ library, executors, clock, createId: (prefix) => prefix });
  const ids = Object.keys(document.nodes);
  const node = target === undefined ? undefined : ids[target % ids.length];
  const run = engine.run(document, {
    onError,
    timeoutMs: 1_000,
    ...(node === undefined ? {} : { targets: { kind: 'nodes', nodes: [node] } }),
  });
  const events: RunEvent[] = [];
  run.subscribe((group) => events.push(...group));
  let result: RunResult | undefined;
  void run.result.then((value) => {
    result = value;
  });
  for (let i = 0; ; i++) {
    await turn();
    if (result) break;
    // Behind the script everything is let go; each node needs a few steps of that.
    const { dice, step } = script[i] ?? { dice: i, step: i % 2 === 0 ? 'release' : 'succeed' };
    act(fakes, step, dice, run, clock);
    if (i > script.length + 200) throw new Error(`The run hangs after ${events.map(({ kind }) => kind).join(', ')}`);
  }
  await engine.dispose();
  return { events, result, scope: run.plan.order };
}

type Settings = typeof settings extends fc.Arbitrary<infer Value> ? Value : never;

function act(fakes: readonly FakeExecutor[], step: Step, dice: number, run: Run, clock: SimulatedClock): void {
  const fake = fakes[dice % fakes.length] as FakeExecutor; // there is one at least
  switch (step) {
    case 'cancel':
      run.cancel();
      return;
    case 'time out':
      clock.advance(1_000);
      return;
    case 'release':
      for (const each of fakes) {
        each.releaseStart();
        each.releaseCancelled();
      }
      return;
    case 'lose':
      fake.lose('all');
      return;
    case 'crash':
      fake.crash();
      return;
    default: {
      const busy = fakes.find((each) => each.open.length > 0);
      const tasks = busy?.open ?? [];
      const task = tasks[dice % Math.max(1, tasks.length)];
      if (!busy || !task) return;
      if (step === 'succeed') busy.succeed(task.nodeId);
      else if (step === 'fail') busy.fail(task.nodeId);
      else if (step === 'begin') busy.begin(task.nodeId);
      else busy.say(task.nodeId, { kind: 'output', stream: 'stdout', text: 'x' });
    }
  }
}

type StatusEvent = Extract<RunEvent, { readonly kind: NodeStatusEvent }>;

function isStatusEvent(event: RunEvent): event is StatusEvent {
  return event.kind.startsWith('node-') && !['node-output', 'node-progress', 'node-retrying'].includes(event.kind);
}

function check(document: FlowDocument, { events, result, scope }: Played): void {
  expect(events.map(({ sequence }) => sequence)).toEqual(events.map((_, i) => i));
  expect(events.at(-1)).toMatchObject({ kind: 'run-finished', status: result.status, counts: result.counts });

  const status = new Map<string, NodeRunStatus>(scope.map((id) => [id, 'idle']));
  const edges = Object.values(document.edges);
  for (const event of events) {
    if (!isStatusEvent(event)) continue;
    const before = status.get(event.node);
    const after = before && transition(before, event.kind);
    if (!after) throw new Error(`${event.node} goes from ${before} by ${event.kind}`);
    status.set(event.node, after);
    if (event.kind !== 'node-started') continue;
    for (const { source, target } of edges) {
      if (target === event.node) expect([source, status.get(source)]).toEqual([source, 'success']);
    }
  }
  expect([...status].filter(([, each]) => !isFinal(each))).toEqual([]);

  const count = (wanted: NodeRunStatus): number => [...status.values()].filter((each) => each === wanted).length;
  const { success, error, skipped, cancelled } = result.counts;
  expect({ success, error, skipped, cancelled }).toEqual({
    success: count('success'),
    error: count('error'),
    skipped: count('skipped'),
    cancelled: count('cancelled'),
  });
  expect(success + error + skipped + cancelled).toBe(scope.length);
  expect(Object.keys(result.outputs).sort()).toEqual(
    [...status]
      .filter(([, each]) => each === 'success')
      .map(([id]) => id)
      .sort(),
  );
  if (result.status === 'succeeded') expect(error + cancelled).toBe(0);
  if (result.status === 'failed') expect(error).toBeGreaterThan(0);
}

it('[T1] [C1] [E1] however executors behave, a run ends with every node ended, in order, and the counts add up', async () => {
  await fc.assert(
    fc.asyncProperty(randomFlow({ types }), steps, settings, async (document, script, options) => {
      check(document, await play(document, script, options));
    }),
    { numRuns: 400 },
  );
});
