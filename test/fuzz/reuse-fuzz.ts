import type { RunTargets } from '@loom/engine';
import { buildFlow, type FlowFeatures, flowRecipe, fuzzLibrary } from '@loom/testing';
import * as fc from 'fast-check';
import { checkReuse, type ReuseCase } from './check-reuse.js';
import { edit } from './edit.js';
import type { Subject } from './subject.js';

const library = fuzzLibrary(() => {
  throw new Error('Nothing runs while flows are made.');
});

const KINDS = ['nodes', 'nodes', 'to', 'from', 'selection', 'changed'] as const;

/** Random flows with random edits between two runs. */
function reuseCase(features: FlowFeatures): fc.Arbitrary<ReuseCase> {
  const parts = {
    recipe: flowRecipe(features),
    edits: fc.array(edit(features), { maxLength: 2 }),
    seed: fc.nat(),
    kind: fc.constantFrom(...KINDS),
    places: fc.uniqueArray(fc.nat({ max: 20 }), { minLength: 1, maxLength: 2 }),
  };
  return fc.record(parts).map(({ recipe, edits, seed, kind, places }) => {
    const document = buildFlow(recipe, library, features);
    const ids = Object.keys(document.nodes).filter((node) => document.nodes[node]?.type !== 'loom/group');
    const nodes = [...new Set(places.map((place) => ids[place % ids.length] ?? ''))];
    const targets: RunTargets = kind === 'changed' ? { kind } : { kind, nodes };
    return { document, edits, seed, targets };
  });
}

/** A run, an edit, and a run of a part. */
export const reuseSubject: Subject<ReuseCase> = { name: 'reuse', cases: reuseCase, check: checkReuse };
