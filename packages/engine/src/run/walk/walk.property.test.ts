import type { FlowDocument, Library, NodeId } from '@loom/graph';
import { ALL_FEATURES, buildFlow, type FlowFeatures, flowRecipe, fuzzLibrary } from '@loom/testing';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Run, RunOptions, RunResult } from '../../api.js';
import { createEngine } from '../../engine/engine.js';
import type { Engine } from '../../engine-api.js';
import type { RunEvent } from '../../event.js';
import { createJavaScriptExecutor } from '../../javascript/executor.js';
import { skip } from '../../skip.js';

/** Everything whose outcome does not depend on which of two nodes ends first. */
const FEATURES: FlowFeatures = {
  ...ALL_FEATURES,
  later: false,
  away: false,
  joins: false,
  streams: false,
  events: false,
  stops: false,
};

/** Without zones, the first error of which ends the others, it may also be that some end later. */
const FLAT_FEATURES: FlowFeatures = { ...FEATURES, later: true, zones: false };

const RUNS = 100;

/** Hears of each call, by its number. */
type OnCall = (call: number) => void;

const ignore: OnCall = () => {};
let onCall = ignore;
let calls = 0;

const library: Library = fuzzLibrary((manner, behaviour, given) => {
  onCall(calls++);
  const behave = (): Record<string, unknown> => {
    const outputs = behaviour.behave(given);
    return Object.fromEntries(
      Object.keys(behaviour.outputs).map((port) => [port, port in outputs ? outputs[port] : skip]),
    );
  };
  return manner === 'later' ? Promise.resolve().then(behave) : behave();
});

/** One iteration after another: of several at once the first error cancels what had begun. */
function oneByOne(document: FlowDocument): FlowDocument {
  const types = Object.entries(document.types).map(([id, type]) => {
    return [id, type.kind === 'subgraph' ? { ...type, nodes: inOrder(type.nodes) } : type] as const;
  });
  return { ...document, nodes: inOrder(document.nodes), types: Object.fromEntries(types) };
}

function inOrder(nodes: FlowDocument['nodes']): FlowDocument['nodes'] {
  const changed = Object.entries(nodes).map(([id, node]) => {
    const zone = node.settings?.zone;
    if (zone?.kind !== 'for-each') return [id, node] as const;
    return [id, { ...node, settings: { ...node.settings, zone: { ...zone, concurrency: 1 } } }] as const;
  });
  return Object.fromEntries(changed);
}

const flowsWith = (features: FlowFeatures) =>
  flowRecipe(features).map((recipe) => oneByOne(buildFlow(recipe, library, features)));
const flows = flowsWith(FEATURES);

/** What a run came to, without what is new in each. */
interface Outcome {
  readonly status: string;
  readonly counts: RunResult['counts'];
  readonly errors: readonly string[];
  readonly values: ReadonlyMap<string, unknown>;
}

async function outcomeOf(engine: Engine, result: RunResult): Promise<Outcome> {
  const values = new Map<string, unknown>();
  for (const [node, outputs] of Object.entries(result.outputs)) {
    for (const [port, { ref }] of Object.entries(outputs)) values.set(`${node}.${port}`, await engine.read(ref));
  }
  const errors = result.errors.map(({ node, error }) => `${node} ${error.code} ${error.message}`);
  const { status, counts } = result;
  return { status, counts, errors: errors.sort(), values };
}

/** Runs a flow in an engine of its own. */
async function inEngine<Result>(act: (engine: Engine) => Promise<Result>): Promise<Result> {
  const engine = createEngine({ library, executors: [createJavaScriptExecutor()] });
  calls = 0;
  try {
    return await act(engine);
  } finally {
    onCall = ignore;
    await engine.dispose();
  }
}

/** A run that is heard from the beginning does everything node by node. */
function heard(document: FlowDocument, options: RunOptions) {
  return inEngine(async (engine) => {
    const events: RunEvent[] = [];
    const run = engine.run(document, options);
    run.subscribe((group) => events.push(...group));
    const result = await run.result;
    return { outcome: await outcomeOf(engine, result), events, decided: decisions(engine, document), made: calls };
  });
}

/** What a run of the part up to each node would do now. */
function decisions(engine: Engine, document: FlowDocument): unknown[] {
  return rootNodes(document).map((node) => {
    const { order, nodes } = engine.plan(document, { targets: { kind: 'nodes', nodes: [node] } });
    return order.map((id) => [id, nodes.get(id)?.action]);
  });
}

function rootNodes({ nodes }: FlowDocument): NodeId[] {
  return Object.keys(nodes).filter((node) => nodes[node]?.parent === undefined && nodes[node]?.type !== 'loom/group');
}

it('[K1] [R1] [F2] a run that nobody hears comes to the same as one that tells everything, and so does the next plan', async () => {
  await fc.assert(
    fc.asyncProperty(fc.oneof(flows, flowsWith(FLAT_FEATURES)), async (document) => {
      const told = await heard(document, {});
      await inEngine(async (engine) => {
        const { result } = engine.run(document);
        expect(await outcomeOf(engine, await result)).toEqual(told.outcome);
        expect(calls).toBe(told.made);
        expect(decisions(engine, document)).toEqual(told.decided);
      });
    }),
    { numRuns: RUNS },
  );
});

it('[E1] events that nobody heard were counted all the same', async () => {
  await fc.assert(
    fc.asyncProperty(flows, fc.nat({ max: 15 }), fc.boolean(), async (document, from, isEngine) => {
      const told = await heard(document, {});
      await inEngine(async (engine) => {
        const events: RunEvent[] = [];
        let run: Run | undefined;
        onCall = (call) => {
          if (call !== from) return;
          const subject = isEngine ? engine : run;
          subject?.subscribe((group) => events.push(...(group as RunEvent[])));
        };
        run = engine.run(document);
        expect(await outcomeOf(engine, await run.result)).toEqual(told.outcome);
        if (told.made <= from) return;
        const own = events.filter((event) => 'sequence' in event);
        const last = told.events.length - 1;
        expect(own.at(-1)).toMatchObject({ kind: 'run-finished', sequence: last });
        expect(own.map(({ sequence }) => sequence)).toEqual(own.map((_, i) => last + 1 - own.length + i));
      });
    }),
    { numRuns: RUNS },
  );
});

it('[C1] [C2] cancelling while a function runs ends every node, and that one with what it gives', async () => {
  await fc.assert(
    fc.asyncProperty(flows, fc.nat({ max: 15 }), async (document, at) => {
      const told = await heard(document, {});
      await inEngine(async (engine) => {
        let run: Run | undefined;
        onCall = (call) => {
          if (call === at) run?.cancel();
        };
        run = engine.run(document);
        const { status, counts } = await run.result;
        expect(total(counts)).toBe(total(told.outcome.counts));
        expect(status).toBe(calls > at ? 'cancelled' : told.outcome.status);
        expect(calls).toBeLessThanOrEqual(at + 1);
      });
    }),
    { numRuns: RUNS },
  );
});

function total({ success, error, skipped, cancelled }: RunResult['counts']): number {
  return success + error + skipped + cancelled;
}
