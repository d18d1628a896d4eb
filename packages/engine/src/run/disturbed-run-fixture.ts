import { emptyDocument, type FlowDocument, type NodeSettings } from '@loom/graph';
import {
  behaviourOf,
  createFakeExecutor,
  createFakeStream,
  type FakeExecutor,
  fuzzLibrary,
  ItemStream,
  type Perform,
  type SimulatedClock,
  simulatedClock,
} from '@loom/testing';
import type { Run, RunResult } from '../api.js';
import { createEngine } from '../engine/engine.js';
import type { Engine } from '../engine-api.js';
import type { RunEvent } from '../event.js';
import type { Batch } from '../executor.js';
import { createJavaScriptExecutor } from '../javascript/executor.js';
import { skip } from '../skip.js';

/** Something that happens in the midst of a run. */
export type Happening =
  | { readonly kind: 'go on' | 'succeed' | 'fail' | 'begin'; readonly dice: number }
  | { readonly kind: 'pause' | 'resume' | 'step' | 'run to'; readonly dice: number }
  | { readonly kind: 'lose' | 'crash' | 'cancel' | 'wait' | 'release'; readonly dice: number };

/** How a run is made. */
export interface Setting {
  readonly lanes: number;
  readonly onAbort: 'at once' | 'held';
  readonly onError: 'continue' | 'stop';
  readonly isPaused: boolean;
  readonly timeoutMs: number | undefined;
  readonly streamBuffer: number;
}

/** A run that is over, with what it told and left behind. */
export interface Disturbed {
  readonly events: readonly RunEvent[];
  readonly result: RunResult;
  /** Nodes that started while nothing was to start, though they had not been sent before. */
  readonly startedInPause: readonly string[];
  readonly pendingTimers: number;
  /** Handles that the fake still holds after everything was forgotten. */
  readonly left: readonly string[];
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Steps in which everything goes on, behind the script, before a run counts as stuck. */
const MOST_STEPS = 3_000;

/** Gives some nodes time limits and further tries, by the dice. */
export function withPolicies(document: FlowDocument, dice: readonly number[]): FlowDocument {
  const nodes = Object.entries(document.nodes).map(([id, node], i) => {
    const roll = dice[i % Math.max(1, dice.length)] ?? 0;
    const settings: NodeSettings = {
      ...node.settings,
      ...(roll % 5 === 1 && { timeoutMs: 300 }),
      ...(roll % 5 === 2 && { retries: 2 }),
      ...(roll % 11 === 3 && { breakpoint: true }),
    };
    return [id, { ...node, settings }];
  });
  return { ...document, nodes: Object.fromEntries(nodes) };
}

/** Runs a flow; calls are real, tasks of the other executor end as the script says. */
export async function disturbed(
  document: FlowDocument,
  script: readonly Happening[],
  { lanes, onAbort, onError, isPaused, timeoutMs, streamBuffer }: Setting,
): Promise<Disturbed> {
  const waiting: (() => void)[] = [];
  const library = fuzzLibrary(performLater(waiting));
  const clock = simulatedClock();
  const py = createFakeExecutor({ id: 'py', performs: ['python'], lanes, onAbort });
  const engine = createEngine({
    library,
    executors: [createJavaScriptExecutor({ id: 'js' }), py],
    clock,
    keepResults: false,
    streamBuffer,
  });
  const ids = Object.keys(document.nodes);
  const run = engine.run(document, { onError, paused: isPaused, ...(timeoutMs === undefined ? {} : { timeoutMs }) });
  const events: RunEvent[] = [];
  run.subscribe((group) => events.push(...group));
  const stage: Acting = { run, py, clock, waiting, ids };
  const startedInPause: string[] = [];
  /** Batches that may still begin while nothing else starts. */
  let allowed = 0;
  let result: RunResult | undefined;
  void run.result.then((settled) => {
    result = settled;
  });
  for (let i = 0; ; i++) {
    await turn();
    if (result) break;
    if (i > script.length + MOST_STEPS) throw new Error(`The run hangs: ${events.map(brief).slice(-40).join(' | ')}`);
    const happening = script[i] ?? releasing(i);
    const wasPaused = run.isPaused;
    const batches = py.batches.length;
    act(stage, happening);
    await turn();
    // What goes on may pause again at once.
    const goesOn = !wasPaused || !run.isPaused || happening.kind === 'resume' || happening.kind === 'run to';
    if (goesOn) allowed = 0;
    if (happening.kind === 'step') allowed++;
    if (goesOn) continue;
    // What was let go may have had to wait for a lane.
    allowed -= py.batches.slice(batches).filter((batch) => !isComputedAgain(batch, events)).length;
    if (allowed < 0) startedInPause.push(`a batch after ${happening.kind}`);
    allowed = Math.max(0, allowed);
  }
  for (let i = 0; i < 5; i++) {
    py.releaseCancelled();
    for (const goOn of waiting.splice(0)) goOn();
    await turn();
  }
  const pendingTimers = clock.pending;
  await emptyRun(engine);
  const left = [...py.values.keys()];
  await engine.dispose();
  return { events, result, startedInPause, pendingTimers, left };
}

/** Whether a batch brings lost values back: what began to do so goes on while the run is paused. */
function isComputedAgain({ tasks }: Batch, events: readonly RunEvent[]): boolean {
  const done = new Set(
    events.map((event) => (event.kind === 'node-succeeded' && !event.frame ? event.node : undefined)),
  );
  return tasks.every(({ nodeId }) => done.has(nodeId));
}

/** An event, short. */
export function brief(event: RunEvent): string {
  const at = event.frame?.map(({ node, index }) => `${node}.${index}`).join('/') ?? '';
  return `${event.kind} ${'node' in event ? event.node : ''} ${at}`;
}

async function emptyRun(engine: Engine): Promise<void> {
  await engine.run(emptyDocument).result;
  await turn();
}

interface Acting {
  readonly run: Run;
  readonly py: FakeExecutor;
  readonly clock: SimulatedClock;
  readonly waiting: (() => void)[];
  readonly ids: readonly string[];
}

function releasing(i: number): Happening {
  const kinds = ['resume', 'go on', 'succeed', 'release', 'wait'] as const;
  return { kind: kinds[i % kinds.length] ?? 'resume', dice: i };
}

function act({ run, py, clock, waiting, ids }: Acting, { kind, dice }: Happening): void {
  switch (kind) {
    case 'go on':
      waiting.splice(dice % Math.max(1, waiting.length), 1)[0]?.();
      return;
    case 'pause':
      run.pause();
      return;
    case 'resume':
      run.resume();
      return;
    case 'step':
      run.step();
      return;
    case 'run to':
      run.runTo(ids[dice % Math.max(1, ids.length)] ?? '');
      return;
    case 'cancel':
      run.cancel();
      return;
    case 'wait':
      clock.advance(100 + (dice % 300));
      return;
    case 'lose':
      py.lose('all');
      return;
    case 'crash':
      py.crash();
      return;
    case 'release':
      py.releaseCancelled();
      return;
    default: {
      const task = py.open[dice % Math.max(1, py.open.length)];
      if (!task) return;
      if (kind === 'succeed') py.succeed(task.nodeId, outputsOf(task.typeId, dice));
      else if (kind === 'fail') py.fail(task.nodeId);
      else py.begin(task.nodeId);
    }
  }
}

/** Something for each output of a task, of its type. */
function outputsOf(typeId: string, dice: number): Record<string, unknown> {
  const outputs = behaviourOf(typeId)?.behaviour.outputs ?? {};
  return Object.fromEntries(
    Object.entries(outputs).map(([port, declared]) => {
      const type = typeof declared === 'string' ? declared : String(declared.type);
      if (type.startsWith('stream')) {
        const stream = createFakeStream();
        stream.push(...Array.from({ length: dice % 5 }, (_, i) => i));
        stream.end();
        return [port, stream];
      }
      if (dice % 13 === 0) return [port, skip];
      if (type === 'bool') return [port, dice % 2 === 0];
      return [port, dice % 3 === 0 ? [0, 1, 2] : dice % 10];
    }),
  );
}

/** Some calls end when the test lets them, whether or not they are told to stop. */
function performLater(waiting: (() => void)[]): Perform {
  const wait = (): Promise<void> => new Promise((resolve) => waiting.push(resolve));
  return (manner, behaviour, inputs) => {
    const given = (whole: typeof inputs): Record<string, unknown> => {
      const all = behaviour.behave(whole);
      const ports = Object.keys(behaviour.outputs).map((port): [string, unknown] => {
        const value = port in all ? all[port] : skip;
        return [port, value instanceof ItemStream ? itemsLater(value, manner === 'later' ? wait : undefined) : value];
      });
      return Object.fromEntries(ports);
    };
    const streams = Object.entries(inputs).filter(([, value]) => isAsyncIterable(value));
    if (manner !== 'later' && streams.length === 0) return given(inputs);
    return (async () => {
      const whole: Record<string, unknown> = { ...inputs };
      for (const [port, value] of streams) {
        const items: unknown[] = [];
        for await (const item of value as AsyncIterable<unknown>) items.push(item);
        whole[port] = items;
      }
      if (manner === 'later') await wait();
      return given(whole);
    })();
  };
}

async function* itemsLater(
  { items, failure }: ItemStream,
  wait: (() => Promise<void>) | undefined,
): AsyncGenerator<unknown> {
  for (const item of items) {
    await wait?.();
    yield item;
  }
  if (failure) throw new Error('It broke off.');
}

function isAsyncIterable(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
}
