import type { RunOptions, RunTargets } from '@loom/engine';
import type { FlowDocument, Json, NodeId } from '@loom/graph';
import { behaviourOf, buildFlow, type FlowFeatures, flowRecipe, fuzzLibrary } from '@loom/testing';
import * as fc from 'fast-check';
import { checkCase, type FuzzCase } from './check-case.js';
import { AFTERWARDS, type Timing } from './perform-run.js';
import type { Subject } from './subject.js';

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
function fuzzCase(features: FlowFeatures): fc.Arbitrary<FuzzCase> {
  return fc
    .record({
      recipe: flowRecipe(features),
      timing,
      againAt: onceIn(4, fc.oneof(turn, fc.constant(AFTERWARDS))),
      isStopped: onceIn(12, fc.constant(true)),
      target: onceIn(5, fc.record({ place: fc.nat({ max: 20 }), kind: fc.nat({ max: 10 }) })),
      pin: onceIn(8, fc.nat({ max: 20 })),
      input: onceIn(3, fc.constantFrom<Json>(0, 5, 'ab', [1])),
    })
    .map(({ recipe, timing: when, isStopped, againAt, target, pin, input }) => {
      const document = buildFlow(recipe, library, features);
      const targets = target && targetsOf(document, features, target);
      return {
        document,
        // A part of a flow is not run again where its results hold.
        timing: againAt !== undefined && !targets ? { ...when, againAt } : when,
        options: {
          ...(isStopped && features.stops && { onError: 'stop' as const }),
          ...(targets && { targets }),
          ...(features.given && pin !== undefined && pinsOf(document, pin)),
          ...(features.given && input !== undefined && 'in0' in document.inputs && { inputs: { in0: input } }),
        },
      };
    });
}

const KINDS = ['nodes', 'to', 'from', 'selection'] as const;

function targetsOf(
  document: FlowDocument,
  features: FlowFeatures,
  { place, kind: dice }: { readonly place: number; readonly kind: number },
): RunTargets | undefined {
  const nodes = nodesOf(document).filter((node) => features.targetsInZones || !isInZone(document, node));
  const named = nodes[place % Math.max(1, nodes.length)];
  if (!features.targetsOfAllKinds) return named === undefined ? undefined : { kind: 'nodes', nodes: [named] };
  const kind = KINDS[dice];
  return named !== undefined && kind ? { kind, nodes: [named] } : { kind: 'changed' };
}

/** Pins the first output of a function at the root. What a pin of a stream is, no rule says. */
function pinsOf(document: FlowDocument, place: number): Pick<RunOptions, 'pins'> {
  const functions = nodesOf(document).filter((node) => {
    const { type = '', settings } = document.nodes[node] ?? {};
    return behaviourOf(type) && !settings?.streams && !isInZone(document, node);
  });
  const node = functions[place % Math.max(1, functions.length)];
  const { behaviour } = behaviourOf(document.nodes[node ?? '']?.type ?? '') ?? {};
  const [port, declared] = Object.entries(behaviour?.outputs ?? {})[0] ?? [];
  if (node === undefined || port === undefined || declared === 'stream<any>') return {};
  return { pins: { [node]: { [port]: 7 } } };
}

function nodesOf(document: FlowDocument): NodeId[] {
  return Object.keys(document.nodes).filter((node) => document.nodes[node]?.type !== 'loom/group');
}

function isInZone(document: FlowDocument, node: NodeId): boolean {
  const parent = document.nodes[node]?.parent;
  if (parent === undefined) return false;
  return document.nodes[parent]?.settings?.zone?.kind !== 'group' || isInZone(document, parent);
}

/** One run of a random flow. */
export const engineSubject: Subject<FuzzCase> = { name: 'engine', cases: fuzzCase, check: checkCase };
