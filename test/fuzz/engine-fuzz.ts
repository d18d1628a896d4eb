import type { FlowDocument, NodeId } from '@loom/graph';
import { buildFlow, type FlowFeatures, flowRecipe, fuzzLibrary } from '@loom/testing';
import * as fc from 'fast-check';
import { checkCase, type FuzzCase } from './check-case.js';
import type { Timing } from './perform-run.js';

const library = fuzzLibrary(() => {
  throw new Error('Nothing runs while flows are made.');
});

const turn = fc.nat({ max: 25 });

const timing: fc.Arbitrary<Timing> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ seed: fc.nat() }) },
  { weight: 2, arbitrary: fc.record({ seed: fc.nat(), cancelAt: turn }) },
  { weight: 1, arbitrary: fc.record({ seed: fc.nat(), timeoutAt: turn }) },
);

function onceIn<T>(times: number, value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> {
  return fc.oneof({ weight: times - 1, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: value });
}

/** Random flows with a random way to run each. */
export function fuzzCase(features: FlowFeatures): fc.Arbitrary<FuzzCase> {
  return fc
    .record({
      recipe: flowRecipe(features),
      timing,
      isStopped: onceIn(12, fc.constant(true)),
      againAt: onceIn(4, fc.oneof(turn, fc.constant(1000))),
      target: onceIn(5, fc.nat({ max: 20 })),
      isFrom: fc.boolean(),
    })
    .map(({ recipe, timing: when, isStopped, againAt, target, isFrom }) => {
      const document = buildFlow(recipe, library, features);
      const nodes = Object.keys(document.nodes).filter(
        (node) => document.nodes[node]?.type !== 'loom/group' && (features.targetsInZones || !isInZone(document, node)),
      );
      const named = target === undefined ? undefined : nodes[target % nodes.length];
      const kind = isFrom && features.targetsFrom ? 'from' : 'nodes';
      return {
        document,
        // A part of a flow is not run again where its results hold.
        timing: againAt !== undefined && named === undefined ? { ...when, againAt } : when,
        options: {
          ...(isStopped && features.stops && { onError: 'stop' as const }),
          ...(named !== undefined && { targets: { kind, nodes: [named] } as const }),
        },
      };
    });
}

function isInZone(document: FlowDocument, node: NodeId): boolean {
  const parent = document.nodes[node]?.parent;
  if (parent === undefined) return false;
  return document.nodes[parent]?.settings?.zone?.kind !== 'group' || isInZone(document, parent);
}

/** A case that does not go as the rules say. */
export interface FuzzFailure {
  readonly problems: readonly string[];
  readonly fuzzCase: FuzzCase;
  readonly seed: number;
  readonly runs: number;
}

/** Runs so many random cases; the first that fails, made as small as it gets, or undefined. */
export async function fuzzEngine(runs: number, seed: number, features: FlowFeatures): Promise<FuzzFailure | undefined> {
  let problems: readonly string[] = [];
  const property = fc.asyncProperty(fuzzCase(features), async (one) => {
    problems = await checkCase(one, features);
    return problems.length === 0;
  });
  const result = await fc.check(property, { numRuns: runs, seed });
  if (!result.failed || !result.counterexample) return undefined;
  const [smallest] = result.counterexample;
  return { problems: await problemsOf(smallest, features), fuzzCase: smallest, seed, runs: result.numRuns };
}

/** A fault of the engine is a problem, too. */
async function problemsOf(one: FuzzCase, features: FlowFeatures): Promise<readonly string[]> {
  try {
    return await checkCase(one, features);
  } catch (thrown) {
    return [thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown)];
  }
}
