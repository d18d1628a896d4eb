import type { NodeId, PortId } from '@loom/graph';
import type { Plan, PlannedNode, PlannedRoute, PlanOptions } from '../api.js';
import type { CompiledFlow } from '../flow/compiled-flow.js';
import { aloneIn } from './alone.js';
import type { Overrides } from './blocked.js';
import type { BypassRoute } from './bypass.js';
import { type Decision, type Decisions, TARGET } from './decision.js';
import { type Given, givenNodes, type InnerGiven, NOTHING_GIVEN, readGiven } from './given.js';
import { type KeyTable, keysOf, keysWith } from './keys.js';
import { denseShape, type PlanShape } from './plan-shape.js';
import type { ResultStore } from './results.js';
import { shapeFor } from './target-shape.js';
import { checkTargets } from './wrong-options.js';

/** A plan by index. */
export interface RunPlan {
  readonly flow: CompiledFlow;
  readonly keys: KeyTable;
  readonly overrides: Overrides;
  /** What is given for nodes in bodies, by container. */
  readonly inner: ReadonlyMap<number, InnerGiven>;
  /** The same object for plans that do the same; what follows is of it. */
  readonly shape: PlanShape;
  /** The nodes in scope, each after those it needs. */
  readonly scope: Int32Array;
  readonly decisions: Decisions;
  /** How many nodes are to run, and one of them for each type. */
  readonly toRun: number;
  readonly performers: readonly number[];
}

const plansOfAll = new WeakMap<CompiledFlow, RunPlan>();

/**
 * Decides what a run does with each node that its targets need. Runs nothing and changes nothing.
 *
 * @throws LoomError `run/unknown-node` for a target or a pin, `run/unknown-port` for a port of a pin, and `run/unknown-input` for an
 * input, that the flow does not have; `run/wrong-targets`.
 */
export function planRun(flow: CompiledFlow, options: PlanOptions, results: ResultStore): RunPlan {
  const { targets, inputs, pins } = options;
  const given = inputs === undefined && pins === undefined ? NOTHING_GIVEN : readGiven(flow, { inputs, pins });
  if (targets === undefined || targets.kind === 'all') return planAll(flow, given);
  checkTargets(targets);
  const keys = keysWith(flow, given);
  return planOf(keys, shapeFor(keys, targets, results));
}

/** A plan with a shape. */
export function planOf(keys: KeyTable, shape: PlanShape): RunPlan {
  const { scope, decisions, toRun, performers } = shape;
  const { overrides, inner } = keys.given;
  return { flow: keys.flow, keys, overrides, inner, shape, scope, decisions, toRun, performers };
}

/** Runs of everything, again and again, are the most frequent; their plan depends on nothing but the flow. */
function planAll(flow: CompiledFlow, given: Given): RunPlan {
  let plan = plansOfAll.get(flow);
  if (!plan) {
    const alone = aloneIn(flow);
    plan = planOf(
      keysOf(flow),
      denseShape(
        flow,
        flow.ids.map((_, node) => alone.decide(node, NOTHING_GIVEN, TARGET)),
      ),
    );
    plansOfAll.set(flow, plan);
  }
  return given === NOTHING_GIVEN ? plan : planOf(keysWith(flow, given), shapeOfAll(plan, given));
}

/** What is given changes what is done only where it stands in for a node, or does not fit. */
function shapeOfAll({ flow, shape }: RunPlan, given: Given): PlanShape {
  const alone = aloneIn(flow);
  const different = givenNodes(given).filter(
    (node) => alone.decide(node, given, TARGET) !== TARGET || shape.decisions.get(node) !== TARGET,
  );
  if (different.length === 0) return shape;
  const list = flow.ids.map((_, node) => shape.decisions.get(node));
  for (const node of different) list[node] = alone.decide(node, given, TARGET);
  return denseShape(flow, list);
}

/** The plan as the outside sees it. */
export function publicPlan({ flow, scope, decisions }: RunPlan): Plan {
  const nodes = new Map<NodeId, PlannedNode>();
  const order: NodeId[] = [];
  for (const node of scope) {
    const id = flow.ids[node] as NodeId; // every index has an id
    order.push(id);
    nodes.set(id, publicDecision(flow, node, decisions.get(node) as Decision)); // every node in scope has one
  }
  return { order, nodes };
}

/** A decision without indexes and values that stay inside. */
export function publicDecision(flow: CompiledFlow, node: number, decision: Decision): PlannedNode {
  switch (decision.action) {
    case 'reuse':
      return { action: 'reuse', reason: 'unchanged' };
    case 'bypass': {
      const routes: [PortId, PlannedRoute][] = [];
      flow.types[node]?.outputs.forEach(({ id }, place) => {
        const route = decision.routes[place];
        if (route) routes.push([id, publicRoute(flow, route)]);
      });
      return { action: 'bypass', routes: Object.fromEntries(routes) };
    }
    default:
      return decision;
  }
}

function publicRoute(flow: CompiledFlow, route: BypassRoute): PlannedRoute {
  if (route.kind !== 'edge') return route;
  return { kind: 'wire', input: flow.edgeTargetPort[route.edge] as PortId }; // an edge of the flow
}
