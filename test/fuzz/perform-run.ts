import {
  createEngine,
  createJavaScriptExecutor,
  type Engine,
  type Run,
  type RunEvent,
  type RunOptions,
  type RunResult,
} from '@loom/engine';
import { type FlowDocument, type Library, LoomError, type NodeId, type PortId } from '@loom/graph';
import { fuzzLibrary, simulatedClock } from '@loom/testing';
import { createAwayExecutor } from './away-executor.js';
import { drive, freely, whetherEnded } from './drive.js';
import { performWith } from './performance-of.js';
import { randomOf } from './random.js';
import { Turns } from './turns.js';

/** What a run is disturbed by, and when, counted in turns of the page. */
export interface Timing {
  readonly seed: number;
  readonly cancelAt?: number;
  readonly timeoutAt?: number;
  /** When the same engine runs the flow again, undisturbed; at the end of the first run at the latest. */
  readonly againAt?: number;
}

/** A run that has ended, with all that it said. */
export interface PerformedRun {
  readonly library: Library;
  readonly events: readonly RunEvent[];
  readonly result: RunResult;
  /** The whole values of ends without a frame, by node and port. */
  readonly values: ReadonlyMap<NodeId, ReadonlyMap<PortId, unknown>>;
  /** Outputs of such ends that could not be read. */
  readonly unreadable: ReadonlySet<string>;
  /** Handles that the other executor still holds. */
  readonly held: ReadonlySet<string>;
}

const TIMEOUT_MS = 1_000_000;

/** Runs a flow in an engine of its own, with executors whose timing the seed decides; again, undisturbed, where asked. */
export async function performRuns(
  document: FlowDocument,
  timing: Timing,
  options: Pick<RunOptions, 'targets' | 'inputs' | 'pins' | 'onError'> = {},
): Promise<PerformedRun[]> {
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
  const { cancelAt, timeoutAt, againAt } = timing;
  try {
    const first = begin(engine, document, { ...options, ...(timeoutAt !== undefined && { timeoutMs: TIMEOUT_MS }) });
    const runs = [first];
    await drive(turns, random, (turn) => {
      if (turn === cancelAt) first.run.cancel();
      if (turn === timeoutAt) clock.advance(TIMEOUT_MS);
      const isTime = againAt !== undefined && (turn >= againAt || first.hasEnded());
      if (isTime && runs.length === 1) runs.push(begin(engine, document, options));
      return runs.every(({ hasEnded }) => hasEnded()) && (againAt === undefined || runs.length === 2);
    });
    return await Promise.all(
      runs.map(async ({ run, events }, place): Promise<PerformedRun> => {
        const told = { library, events, result: await run.result };
        // What a later run took the place of is let go.
        if (place < runs.length - 1) return { ...told, values: new Map(), unreadable: new Set(), held: new Set() };
        return { ...told, ...(await readValues(engine, events, turns)), held: new Set(away.held) };
      }),
    );
  } finally {
    await freely(engine.dispose(), turns);
  }
}

interface Begun {
  readonly run: Run;
  readonly events: RunEvent[];
  readonly hasEnded: () => boolean;
}

function begin(engine: Engine, document: FlowDocument, options: RunOptions): Begun {
  const run = engine.run(document, options);
  const events: RunEvent[] = [];
  run.subscribe((group) => events.push(...group));
  return { run, events, hasEnded: whetherEnded(run.result) };
}

/** Reads all that was told of without a frame. */
async function readValues(
  engine: Engine,
  events: readonly RunEvent[],
  turns: Turns,
): Promise<Pick<PerformedRun, 'values' | 'unreadable'>> {
  const values = new Map<NodeId, Map<PortId, unknown>>();
  const unreadable = new Set<string>();
  for (const event of events) {
    if (event.kind !== 'node-succeeded' || event.frame) continue;
    const read = new Map<PortId, unknown>();
    values.set(event.node, read);
    for (const [port, { ref, isStream }] of Object.entries(event.outputs)) {
      if (isStream) continue;
      try {
        read.set(port, await freely(engine.read(ref), turns));
      } catch (thrown) {
        unreadable.add(`${event.node}.${port} (${thrown instanceof LoomError ? thrown.code : String(thrown)})`);
      }
    }
  }
  return { values, unreadable };
}
