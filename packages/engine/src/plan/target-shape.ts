import type { NodeId } from '@loom/graph';
import type { RunTargets } from '../api.js';
import type { CompiledFlow } from '../flow/compiled-flow.js';
import { aloneIn } from './alone.js';
import { decideChanged } from './changed-nodes.js';
import { type Cone, reachedFrom } from './cone.js';
import { TARGET } from './decision.js';
import { type FlowFreshness, freshnessOf, GivenFreshness } from './freshness.js';
import { givenNodes } from './given.js';
import type { KeyTable } from './keys.js';
import { NeededNodes } from './needed-nodes.js';
import { denseShape, type PlanShape, sparseShape } from './plan-shape.js';
import type { ResultStore } from './results.js';
import { parentsOf, rootIndex } from './root-index.js';
import type { KeptResult } from './run-record.js';

type Targets = Exclude<RunTargets, { kind: 'all' }>;

/** Shapes that are remembered of each flow. */
const MAX_SHAPES = 4;

/** Nodes that are looked at again to see whether a shape still holds. */
const MAX_ABSENT = 8;

/** A shape, and what it depends on. */
interface KnownShape {
  readonly targets: Targets;
  readonly cone: Cone | undefined;
  /** The version of what was known of the flow's results. */
  readonly version: number;
  readonly reused: readonly KeptResult[];
  /** Nodes behind what was given that had no results with these keys. */
  readonly absent: readonly number[];
  readonly shape: PlanShape;
}

const known = new WeakMap<FlowFreshness, KnownShape[]>();

/** What a run for these targets does. Runs that follow one another do mostly the same. */
export function shapeFor(keys: KeyTable, targets: Targets, results: ResultStore): PlanShape {
  const { flow } = keys;
  const fresh = freshnessOf(results, flow);
  let shapes = known.get(fresh);
  if (!shapes) {
    shapes = [];
    known.set(fresh, shapes);
  }
  const mayBeKnown = isPlain(keys);
  if (mayBeKnown) {
    for (const each of shapes) if (isStill(each, keys, targets, fresh)) return each.shape;
  }
  const given = keys.cone ? new GivenFreshness(fresh, keys, keys.cone) : undefined;
  const { shape, reused } = decideShape(given ?? fresh, keys, targets);
  // Nothing was found behind what is given: as long as that is so where it is given, the same is to be done.
  const isLasting = mayBeKnown && (!given || (!given.hasFound && given.looked.length <= MAX_ABSENT));
  if (isLasting) {
    const absent = [...new Set(given?.looked)];
    shapes.unshift({ targets: copyOf(targets), cone: keys.cone, version: fresh.version, reused, absent, shape });
    if (shapes.length > MAX_SHAPES) shapes.pop();
  }
  return shape;
}

/** Whether what is given changes nothing but values of nodes that run anyway. */
function isPlain({ flow, given }: KeyTable): boolean {
  if (given.pins.size > 0 || given.inner.size > 0) return false;
  const alone = aloneIn(flow);
  return givenNodes(given).every((node) => alone.decide(node, given, TARGET) === TARGET);
}

function isStill(shape: KnownShape, keys: KeyTable, targets: Targets, { store, version }: FlowFreshness): boolean {
  if (shape.version !== version || shape.cone !== keys.cone || !isSameTargets(shape.targets, targets)) return false;
  for (const node of shape.absent) if (store.find(keys, node)) return false;
  for (const result of shape.reused) if (!store.isKept(result)) return false;
  return true;
}

/** Whoever gave them may write something else into them. */
function copyOf(targets: Targets): Targets {
  return targets.kind === 'changed' ? targets : { kind: targets.kind, nodes: [...targets.nodes] };
}

function isSameTargets(a: Targets, b: Targets): boolean {
  if (a.kind === 'changed' || b.kind === 'changed') return a.kind === b.kind;
  if (a.kind !== b.kind || a.nodes.length !== b.nodes.length) return false;
  return a.nodes.every((node, i) => node === b.nodes[i]);
}

function decideShape(
  fresh: FlowFreshness | GivenFreshness,
  { flow, given }: KeyTable,
  targets: Targets,
): { readonly shape: PlanShape; readonly reused: readonly KeptResult[] } {
  if (targets.kind === 'changed') {
    const { decisions, reused } = decideChanged(fresh, given);
    return { shape: denseShape(flow, decisions), reused };
  }
  const nodes = targets.nodes.flatMap((id) => targetNodes(flow, id));
  const needed = new NeededNodes(fresh, given);
  needed.decide(targets.kind === 'from' ? reachedFrom(flow, nodes) : new Set(nodes), targets.kind === 'selection');
  return { shape: sparseShape(flow, needed.decisions), reused: needed.reused };
}

/** What a target stands for: a group for what is in it, a node in a zone for the zone. */
function targetNodes(flow: CompiledFlow, id: NodeId): readonly number[] {
  const { nodes } = flow.document;
  const index = flow.indexOf.get(id);
  if (index !== undefined) return [index];
  const isGroup = (each: NodeId): boolean => nodes[each]?.settings?.zone?.kind === 'group';
  if (!Object.hasOwn(nodes, id) || !isGroup(id)) return [rootIndex(flow, id)];
  const inside = Object.keys(nodes).filter((each) => !isGroup(each) && parentsOf(nodes, each).includes(id));
  return [...new Set(inside.map((each) => rootIndex(flow, each)))];
}
