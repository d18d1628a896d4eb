import type { FlowDocument, NodeId } from '@loom/graph';
import { ALL_FEATURES, buildFlow, type FlowFeatures, flowRecipe, fuzzLibrary } from '@loom/testing';
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

/** Random flows with a random way to run each. */
export function fuzzCase(features: FlowFeatures = ALL_FEATURES): fc.Arbitrary<FuzzCase> {
  return fc
    .record({
      recipe: flowRecipe(features),
      timing,
      isStopped: fc.nat({ max: 11 }).map((dice) => dice === 11),
      target: fc.option(fc.nat({ max: 20 }), { freq: 5 }),
      isFrom: fc.boolean(),
    })
    .map(({ recipe, timing: when, isStopped, target, isFrom }) => {
      const document = buildFlow(recipe, library, features);
      const nodes = Object.keys(document.nodes).filter(
        (node) => document.nodes[node]?.type !== 'loom/group' && (features.targetsInZones || !isInZone(document, node)),
      );
      const named = target === null ? undefined : nodes[target % nodes.length];
      const kind = isFrom && features.targetsFrom ? 'from' : 'nodes';
      return {
        document,
        timing: when,
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
export async function fuzzEngine(
  runs: number,
  seed: number,
  features?: FlowFeatures,
): Promise<FuzzFailure | undefined> {
  let problems: readonly string[] = [];
  const property = fc.asyncProperty(fuzzCase(features), async (one) => {
    problems = await checkCase(one);
    return problems.length === 0;
  });
  const result = await fc.check(property, { numRuns: runs, seed });
  if (!result.failed || !result.counterexample) return undefined;
  const [smallest] = result.counterexample;
  return { problems: await problemsOf(smallest), fuzzCase: smallest, seed, runs: result.numRuns };
}

/** A fault of the engine is a problem, too. */
async function problemsOf(one: FuzzCase): Promise<readonly string[]> {
  try {
    return await checkCase(one);
  } catch (thrown) {
    return [thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown)];
  }
}
