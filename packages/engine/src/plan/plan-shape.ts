import type { CompiledFlow } from '../flow/compiled-flow.js';
import { type Decision, type Decisions, DenseDecisions } from './decision.js';
import type { KeptResult } from './run-record.js';

/**
 * What a plan does, apart from the values that it does it with. Plans that do the same have the same shape, so that whatever
 * else follows from it need be worked out only once.
 */
export interface PlanShape {
  /** The nodes in scope, each after those it needs. */
  readonly scope: Int32Array;
  /** What is decided of them, in the same order. */
  readonly decided: readonly Decision[];
  /** The same by node. */
  readonly decisions: Decisions;
  /** How many nodes are to run. */
  readonly toRun: number;
  /** The nodes that give something of this run: those that are to run, and those that stand in or hand on. In order. */
  readonly giving: Int32Array;
  /** One of them for each type. */
  readonly performers: readonly number[];
  /** What is taken from earlier runs. */
  readonly reused: ReadonlyMap<number, KeptResult>;
}

const positions = new WeakMap<CompiledFlow, Int32Array>();

/** The place of each node in the order of its flow. */
export function positionsIn(flow: CompiledFlow): Int32Array {
  let places = positions.get(flow);
  if (!places) {
    places = new Int32Array(flow.order.length);
    for (let place = 0; place < flow.order.length; place++) places[flow.order[place] as number] = place;
    positions.set(flow, places);
  }
  return places;
}

/** The shape of a plan that decides about every node of a flow, or about those for which `list` has something. */
export function denseShape(flow: CompiledFlow, list: readonly (Decision | undefined)[]): PlanShape {
  const scope = flow.order.every((node) => list[node] !== undefined)
    ? flow.order
    : flow.order.filter((node) => list[node] !== undefined);
  return shapeOf(flow, scope, new DenseDecisions(list));
}

/** Beyond such a part of the flow, going through all of it costs less than sorting. */
const LARGE_PART = 8;

/** The shape of a plan that decides about some nodes. */
export function sparseShape(flow: CompiledFlow, decisions: ReadonlyMap<number, Decision>): PlanShape {
  if (LARGE_PART * decisions.size > flow.ids.length) {
    const list = new Array<Decision | undefined>(flow.ids.length);
    for (const [node, decision] of decisions) list[node] = decision;
    return denseShape(flow, list);
  }
  const scope = Int32Array.from(decisions.keys());
  if (scope.length > 1) {
    const places = positionsIn(flow);
    scope.sort((a, b) => (places[a] as number) - (places[b] as number)); // typed arrays of fixed length
  }
  return shapeOf(flow, scope, decisions);
}

function gives({ action }: Decision): boolean {
  return action === 'run' || action === 'pinned' || action === 'bypass';
}

function shapeOf(flow: CompiledFlow, scope: Int32Array, decisions: Decisions): PlanShape {
  const decided: Decision[] = [];
  const performers: number[] = [];
  const reused = new Map<number, KeptResult>();
  const seen = new Set<number>();
  let toRun = 0;
  for (const node of scope) {
    const decision = decisions.get(node) as Decision; // every node in scope has one
    decided.push(decision);
    if (decision.action === 'reuse') reused.set(node, decision.result);
    if (decision.action !== 'run') continue;
    toRun++;
    const type = flow.typeOf[node] as number; // every index has one
    if (seen.has(type)) continue;
    seen.add(type);
    performers.push(node);
  }
  const giving = toRun === scope.length ? scope : scope.filter((_, place) => gives(decided[place] as Decision));
  return { scope, decided, decisions, toRun, giving, performers, reused };
}
