import type { JoinPolicy, Json, StreamMode } from '@loom/graph';
import * as fc from 'fast-check';
import type { BehaviourName } from './behaviour.js';
import type { FlowFeatures } from './features.js';
import type { Manner } from './fuzz-library.js';

/** What a node of a random flow is. */
export type RecipeKind =
  | { readonly kind: 'function'; readonly name: BehaviourName }
  | { readonly kind: 'branch' | 'switch' | 'merge' | 'timer' | 'unknown' }
  | { readonly kind: 'instance'; readonly definition: number };

/** How an input is fed: `source` picks among what there is. */
export interface FeedRecipe {
  readonly isWired: boolean;
  readonly source: number;
  readonly order: number;
  readonly literal: Json | undefined;
  readonly mode: StreamMode | undefined;
}

/** A zone beside its ports. */
export interface ZoneRecipe {
  readonly kind: 'for-each' | 'while' | 'repeat';
  readonly concurrency: number | undefined;
  readonly collects: boolean;
  readonly limit: number;
  readonly times: number;
  readonly items: readonly Json[];
  /** Two results or carried values instead of one. */
  readonly isDouble: boolean;
  /** A loop that counts and says when to stop. */
  readonly isCounting: boolean;
  readonly ends: readonly FeedRecipe[];
  readonly body: BodyRecipe;
}

interface AnyRecipe {
  readonly manner: Manner;
  readonly join: JoinPolicy | undefined;
  readonly mode: 'normal' | 'muted' | 'bypassed' | 'pinned';
  readonly feeds: readonly FeedRecipe[];
  readonly isGrouped: boolean;
}

export interface PlainRecipe extends AnyRecipe {
  readonly what: RecipeKind;
}

export interface ZoneNodeRecipe extends AnyRecipe {
  readonly zone: ZoneRecipe;
}

export type NodeRecipe = PlainRecipe | ZoneNodeRecipe;

export type BodyRecipe = readonly NodeRecipe[];

/** A random flow before it has ids: taking any part away leaves another flow, so it shrinks well. */
export interface FlowRecipe {
  readonly definitions: readonly BodyRecipe[];
  readonly body: BodyRecipe;
  /** A wire back, which closes a cycle. */
  readonly back: readonly [number, number] | undefined;
  /** A wire to a port that is not there. */
  readonly astray: number | undefined;
  /** A wire out of a zone. */
  readonly outOfZone: number | undefined;
}

/** How deep zones are in zones. */
const DEEPEST = 3;

const literal = fc.constantFrom<Json>(0, 1, 2, 3, 4, true, false, 'ab', null, [1, 2], []);

/** True once in so many times, and false when shrunk. */
function seldom(times: number): fc.Arbitrary<boolean> {
  return fc.integer({ min: 0, max: times - 1 }).map((dice) => dice === times - 1);
}

function sometimes<T>(times: number, value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> {
  return fc.tuple(seldom(times), value).map(([isThere, one]) => (isThere ? one : undefined));
}

const feed: fc.Arbitrary<FeedRecipe> = fc.record({
  isWired: fc.integer({ min: 0, max: 4 }).map((dice) => dice > 0),
  source: fc.nat({ max: 30 }),
  order: fc.nat({ max: 2 }),
  literal: sometimes(2, literal),
  mode: sometimes(3, fc.constantFrom<StreamMode>('latest', 'collect', 'each')),
});

function kinds(features: FlowFeatures): [number, fc.Arbitrary<RecipeKind>][] {
  const functions = (...names: BehaviourName[]): fc.Arbitrary<RecipeKind> =>
    fc.constantFrom(...names).map((name) => ({ kind: 'function', name }));
  const one = (...all: RecipeKind[]): fc.Arbitrary<RecipeKind> => fc.constantFrom(...all);
  return [
    [8, functions('constant', 'add', 'join', 'range', 'total')],
    [2, functions('add', 'join', 'given')],
    [3, functions('isEven', 'isSmall')],
    [features.errors ? 2 : 0, functions('failsOnOdd')],
    [features.skips ? 2 : 0, functions('skipsOdd', 'parts', 'parts')],
    [features.control ? 4 : 0, one({ kind: 'branch' }, { kind: 'switch' }, { kind: 'merge' })],
    [features.streams ? 3 : 0, functions('emit', 'emit', 'readAll', 'total')],
    [features.streams && features.brokenStreams && features.errors ? 1 : 0, functions('emitAndFail')],
    [features.subgraphs ? 3 : 0, fc.nat({ max: 1 }).map((definition) => ({ kind: 'instance', definition }))],
    [features.events ? 0.3 : 0, one({ kind: 'timer' })],
    [features.faults ? 0.3 : 0, one({ kind: 'unknown' })],
  ];
}

function weighted<T>(choices: readonly [number, fc.Arbitrary<T>][]): fc.Arbitrary<T> {
  const present = choices.filter(([weight]) => weight > 0);
  return fc.oneof(...present.map(([weight, arbitrary]) => ({ weight: Math.round(weight * 10), arbitrary })));
}

function modes(features: FlowFeatures): fc.Arbitrary<NodeRecipe['mode']> {
  const mode = (name: NodeRecipe['mode'], isOn: boolean): [number, fc.Arbitrary<NodeRecipe['mode']>] => [
    isOn ? 1 : 0,
    fc.constant(name),
  ];
  return weighted([
    [20, fc.constant('normal')],
    mode('muted', features.muted),
    mode('bypassed', features.bypassed),
    mode('pinned', features.pinned),
  ]);
}

function manners(features: FlowFeatures): fc.Arbitrary<Manner> {
  return fc.constantFrom(
    'now',
    ...(features.later ? (['later', 'later'] as const) : []),
    ...(features.away ? (['away'] as const) : []),
    ...(features.written ? (['written'] as const) : []),
  );
}

function shared(features: FlowFeatures) {
  const policies = features.joins ? ['any', 'first', 'settled', 'all'] : ['all'];
  return {
    manner: manners(features),
    join: sometimes(4, fc.constantFrom(...(policies as JoinPolicy[]))),
    mode: modes(features),
    feeds: fc.array(feed, { minLength: 3, maxLength: 4, size: 'max' }),
    isGrouped: features.groups ? seldom(8) : fc.constant(false),
  };
}

function zone(features: FlowFeatures, depth: number): fc.Arbitrary<ZoneRecipe> {
  return fc.record({
    kind: fc.constantFrom('for-each', 'while', 'repeat'),
    concurrency: fc.constantFrom(undefined, 1, 2, -1),
    collects: features.collects ? fc.boolean() : fc.constant(false),
    limit: fc.integer({ min: 0, max: 4 }),
    times: fc.nat({ max: 3 }),
    items: fc.array(literal, { maxLength: 3 }),
    isDouble: seldom(4),
    isCounting: fc.boolean(),
    ends: fc.array(feed, { minLength: 3, maxLength: 3 }),
    body: body(features, depth - 1, 4),
  });
}

function body(features: FlowFeatures, depth: number, most: number): fc.Arbitrary<BodyRecipe> {
  const plain = fc.record({ ...shared(features), what: weighted(kinds(features)) });
  const hasZones = features.zones && depth > 0;
  const zones = fc.record({
    ...shared(features),
    zone: hasZones ? zone(features, depth) : fc.constant(undefined as never),
  });
  const node = fc.oneof(
    { weight: 6, arbitrary: plain },
    { weight: hasZones ? (depth === DEEPEST ? 1 : 2) : 0, arbitrary: zones },
  );
  return fc.array<NodeRecipe>(node, { minLength: 1, maxLength: most, size: 'max' });
}

/** Random recipes of flows with these features. */
export function flowRecipe(features: FlowFeatures): fc.Arbitrary<FlowRecipe> {
  return fc.record({
    definitions: features.subgraphs ? fc.array(body(features, 1, 4), { maxLength: 2 }) : fc.constant([]),
    body: body(features, DEEPEST, 9),
    back: features.cycles ? sometimes(20, fc.tuple(fc.nat({ max: 20 }), fc.nat({ max: 20 }))) : fc.constant(undefined),
    astray: features.faults ? sometimes(20, fc.nat({ max: 20 })) : fc.constant(undefined),
    outOfZone: features.faults ? sometimes(10, fc.nat({ max: 20 })) : fc.constant(undefined),
  });
}
