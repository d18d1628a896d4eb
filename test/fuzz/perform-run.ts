import { createEngine, createJavaScriptExecutor, type RunEvent, type RunOptions, type RunResult } from '@loom/engine';
import type { FlowDocument, Library, NodeId, PortId } from '@loom/graph';
import { fuzzLibrary, simulatedClock } from '@loom/testing';
import { createAwayExecutor } from './away-executor.js';
import { performWith } from './performance-of.js';
import { type Random, randomOf } from './random.js';
import { Turns } from './turns.js';

/** What a run is disturbed by, and when, counted in turns of the page. */
export interface Timing {
  readonly seed: number;
  readonly cancelAt?: number;
  readonly timeoutAt?: number;
}

/** A run that has ended, with all that it said. */
export interface PerformedRun {
  readonly library: Library;
  readonly events: readonly RunEvent[];
  readonly result: RunResult;
  /** The whole values of the result, by node and port. */
  readonly values: ReadonlyMap<NodeId, ReadonlyMap<PortId, unknown>>;
}

/** Real milliseconds in which nothing at all happens before a run counts as stuck. */
const STUCK_AFTER_MS = 2_000;
const TIMEOUT_MS = 1_000_000;
const TURNS_AFTERWARDS = 3;

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** Runs a flow in an engine of its own, with executors whose timing the seed decides. */
export async function performRun(
  document: FlowDocument,
  timing: Timing,
  options: Pick<RunOptions, 'targets' | 'inputs' | 'pins' | 'onError'> = {},
): Promise<PerformedRun> {
  const random = randomOf(timing.seed);
  const turns = new Turns(random);
  const isDeaf = random.once(8);
  const perform = performWith(
    () => turns,
    () => isDeaf && random.once(2),
  );
  const library = fuzzLibrary(perform);
  const away = createAwayExecutor(() => turns, perform, { lanes: 1 + random.below(3), isConcurrent: random.once(2) });
  const clock = simulatedClock();
  const engine = createEngine({ library, executors: [createJavaScriptExecutor(), away], clock });
  const timeout = timing.timeoutAt === undefined ? {} : { timeoutMs: TIMEOUT_MS };
  const run = engine.run(document, { ...options, ...timeout });
  const events: RunEvent[] = [];
  run.subscribe((group) => events.push(...group));
  const disturb = (turn: number): void => {
    if (turn === timing.cancelAt) run.cancel();
    if (turn === timing.timeoutAt) clock.advance(TIMEOUT_MS);
  };
  try {
    await drive(run.result, turns, random, disturb);
    const result = await run.result;
    const values = new Map<NodeId, ReadonlyMap<PortId, unknown>>();
    for (const [node, outputs] of Object.entries(result.outputs)) {
      const read = new Map<PortId, unknown>();
      for (const [port, { ref, isStream }] of Object.entries(outputs))
        if (!isStream) read.set(port, await freely(engine.read(ref), turns));
      values.set(node, read);
    }
    return { library, events, result, values };
  } finally {
    await freely(engine.dispose(), turns);
  }
}

/** Lets waiting work go on, turn by turn, until the run has ended. */
async function drive(
  result: Promise<unknown>,
  turns: Turns,
  random: Random,
  disturb: (turn: number) => void,
): Promise<void> {
  let hasEnded = false;
  const end = (): void => {
    hasEnded = true;
  };
  result.then(end, end);
  let lastProgress = performance.now();
  for (let turn = 0; !hasEnded; turn++) {
    disturb(turn);
    if (turns.waiting > 0) {
      lastProgress = performance.now();
      if (!random.once(6)) turns.release();
    } else if (performance.now() - lastProgress > STUCK_AFTER_MS)
      throw new Error('The run is stuck: nothing waits, and it has not ended.');
    await nextTurn();
  }
  // What comes too late must change nothing.
  for (let turn = 0; turn < TURNS_AFTERWARDS; turn++) {
    turns.releaseAll();
    await nextTurn();
  }
}

/** Waits while everything may go on. */
async function freely<T>(promise: Promise<T>, turns: Turns): Promise<T> {
  let hasEnded = false;
  const end = (): void => {
    hasEnded = true;
  };
  promise.then(end, end);
  while (!hasEnded) {
    turns.releaseAll();
    await nextTurn();
  }
  return promise;
}
