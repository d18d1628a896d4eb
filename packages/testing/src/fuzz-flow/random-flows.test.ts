import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { interpret } from '../reference/interpret.js';
import { buildFlow } from './build-flow.js';
import { ALL_FEATURES, type FlowFeatures } from './features.js';
import { callBehaviour, fuzzLibrary } from './fuzz-library.js';
import { happenings } from './happenings.js';
import { flowRecipe } from './recipe.js';

const library = fuzzLibrary(() => {
  throw new Error('The interpreter calls behaviours itself.');
});

/** How many of so many random flows have something happen. */
function countHappenings(features: FlowFeatures, flows: number): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const recipe of fc.sample(flowRecipe(features), { numRuns: flows, seed: 3 })) {
    const document = buildFlow(recipe, library, features);
    const found = happenings(document, interpret(document, library, { call: callBehaviour }));
    for (const happening of found) counts[happening] = (counts[happening] ?? 0) + 1;
  }
  return counts;
}

describe('random flows', () => {
  const counts = countHappenings(ALL_FEATURES, 1000);

  it.each([
    ['success', 800],
    ['bypassed', 50],
    ['pinned', 50],
    ['stream', 100],
    ['skipped muted', 100],
    ['skipped upstream-error', 100],
    ['skipped upstream-skipped', 100],
    ['skipped waits-for-event', 10],
    ['fires any', 100],
    ['fires first', 100],
    ['fires settled', 100],
    ['error javascript/exception', 100],
    ['error python/exception', 30],
    ['error node/missing-input', 10],
    ['error node/unknown-type', 10],
    ['error graph/cycle', 1],
    ['error branch/not-a-bool', 3],
    ['error switch/not-a-case', 3],
    ['error zone/not-a-list', 3],
    ['error zone/no-bypass', 3],
    ['error zone/escaping-wire', 1],
    ['error zone/limit', 20],
    ['error zone/frame-failed', 20],
    ['error subgraph/failed', 20],
    ['success of branch', 50],
    ['success of switch', 50],
    ['success of merge', 50],
    ['success of for-each', 50],
    ['success of while', 50],
    ['success of repeat', 50],
    ['several frames of for-each', 30],
    ['several frames of while', 30],
    ['several frames of repeat', 30],
    ['several frames of one by one', 10],
    ['frames of instance', 50],
    ['no frames of for-each', 20],
    ['no frames of while', 20],
    ['no frames of repeat', 20],
    ['no frames of one by one', 5],
    ['broken off for-each', 5],
    ['broken off one by one', 5],
    ['collects in for-each', 3],
    ['collects in repeat', 3],
    ['collects in while', 3],
    ['depth 2', 50],
    ['depth 3', 10],
    ['depth 4', 1],
  ])('have "%s" in at least %i of 1000', (happening, least) => {
    expect(counts[happening] ?? 0).toBeGreaterThanOrEqual(least);
  });

  it('have nothing that is left out', () => {
    const none = Object.fromEntries(Object.keys(ALL_FEATURES).map((feature) => [feature, false]));
    expect(countHappenings(none as unknown as FlowFeatures, 200)).toEqual({ success: 200 });
  });
});
