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
import { fuzzLibrary, type SimulatedClock, simulatedClock } from '@loom/testing';
import { type AwayExecutor, createAwayExecutor } from './away-executor.js';
import { drive, freely, whetherEnded } from './drive.js';
import { performWith } from './performance-of.js';
import { type Random, randomOf } from './random.js';
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
  /** Outputs of such ends that could not be read, by node, with the reason. */
  readonly unreadable: readonly (readonly [node: NodeId, output: string])[];
  /** Handles that the other executor still holds. */
  readonly held: ReadonlySet<string>;
}

const TIMEOUT_MS = 1_000_000;

/** A turn that no run lasts until. */
export const AFTERWARDS = 1_000;

type Options = Pick<RunOptions, 'targets' | 'inputs' | 'pins' | 'onError'>;

/** Runs a flow in an engine of its own, with executors whose timing the seed decides; again, undisturbed, where asked. */
export async function performRuns(
  document: FlowDocument,
  timing: Timing,
  options: Options = {},
): Promise<PerformedRun[]> {
  const { cancelAt, timeoutAt, againAt } = timing;
  return withEngine(timing.seed, async (ground) => {
    const first = begin(ground, document, { ...options, ...(timeoutAt !== undefined && { timeoutMs: TIMEOUT_MS }) });
    const runs = [first];
    await drive(ground.turns, ground.random, (turn) => {
      if (turn === cancelAt) first.run.cancel();
      if (turn === timeoutAt) ground.clock.advance(TIMEOUT_MS);
      const isTime = againAt !== undefined && (turn >= againAt || first.hasEnded());
      if (isTime && runs.length === 1) runs.push(begin(ground, document, options));
      return runs.every(({ hasEnded }) => hasEnded()) && (againAt === undefined || runs.length === 2);
    });
    // What a later run took the place of is let go.
    return Promise.all(runs.map((run, place) => performed(ground, run, place === runs.length - 1)));
  });
}

/** Runs flows one after the other in one engine. */
export async function performInTurn(
  seed: number,
  steps: readonly { readonly document: FlowDocument; readonly options: Options }[],
): Promise<PerformedRun[]> {
  return withEngine(seed, async (ground) => {
    const runs: PerformedRun[] = [];
    for (const { document, options } of steps) {
      const begun = begin(ground, document, options);
      await drive(ground.turns, ground.random, () => begun.hasEnded());
      runs.push(await performed(ground, begun, true));
    }
    return runs;
  });
}

/** An engine with all that its timing depends on. */
interface Ground {
  readonly engine: Engine;
  readonly library: Library;
  readonly away: AwayExecutor;
  readonly random: Random;
  readonly turns: Turns;
  readonly clock: SimulatedClock;
}

async function withEngine<T>(seed: number, use: (ground: Ground) => Promise<T>): Promise<T> {
  const random = randomOf(seed);
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
  try {
    return await use({ engine, library, away, random, turns, clock });
  } finally {
    await freely(engine.dispose(), turns);
  }
}

interface Begun {
  readonly run: Run;
  readonly events: RunEvent[];
  readonly hasEnded: () => boolean;
}

function begin({ engine }: Ground, document: FlowDocument, options: RunOptions): Begun {
  const run = engine.run(document, options);
  const events: RunEvent[] = [];
  run.subscribe((group) => events.push(...group));
  return { run, events, hasEnded: whetherEnded(run.result) };
}

async function performed(ground: Ground, { run, events }: Begun, isNewest: boolean): Promise<PerformedRun> {
  const told = { library: ground.library, events, result: await run.result };
  if (!isNewest) return { ...told, values: new Map(), unreadable: [], held: new Set() };
  return { ...told, ...(await readValues(ground, events)), held: new Set(ground.away.held) };
}

/** Reads all that was told of without a frame. */
async function readValues(
  { engine, turns }: Ground,
  events: readonly RunEvent[],
): Promise<Pick<PerformedRun, 'values' | 'unreadable'>> {
  const values = new Map<NodeId, Map<PortId, unknown>>();
  const unreadable: [NodeId, string][] = [];
  for (const event of events) {
    if (event.kind !== 'node-succeeded' || event.frame) continue;
    const read = new Map<PortId, unknown>();
    values.set(event.node, read);
    for (const [port, { ref, isStream }] of Object.entries(event.outputs)) {
      if (isStream) continue;
      try {
        read.set(port, await freely(engine.read(ref), turns));
      } catch (thrown) {
        unreadable.push([event.node, `${port} (${thrown instanceof LoomError ? thrown.code : String(thrown)})`]);
      }
    }
  }
  return { values, unreadable };
}
