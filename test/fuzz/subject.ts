import type { FlowFeatures } from '@loom/testing';
import * as fc from 'fast-check';

/** Something that is fuzzed: random cases, and what is wrong with one, in words. */
export interface Subject<Case> {
  readonly name: string;
  /** Cases are plain JSON, so that they can be kept. */
  readonly cases: (features: FlowFeatures) => fc.Arbitrary<Case>;
  readonly check: (one: Case, features: FlowFeatures) => Promise<string[]>;
}

/** A case that does not go as the rules say. */
export interface FuzzFailure<Case> {
  readonly problems: readonly string[];
  readonly one: Case;
  readonly seed: number;
  /** It was this one, counted from 1. */
  readonly run: number;
}

/** Checks so many random cases. Gives the first that fails, made as small as it gets, or undefined. */
export async function fuzz<Case>(
  { cases, check }: Subject<Case>,
  runs: number,
  seed: number,
  features: FlowFeatures,
): Promise<FuzzFailure<Case> | undefined> {
  // A fault of the engine itself is a problem like others.
  const problemsOf = (one: Case): Promise<readonly string[]> =>
    check(one, features).catch((thrown: unknown) => [thrown instanceof Error ? String(thrown.stack) : String(thrown)]);
  const property = fc.asyncProperty(cases(features), async (one) => (await problemsOf(one)).length === 0);
  const { counterexample, numRuns } = await fc.check(property, { numRuns: runs, seed });
  if (!counterexample) return undefined;
  const [one] = counterexample;
  return { problems: await problemsOf(one), one, seed, run: numRuns };
}
