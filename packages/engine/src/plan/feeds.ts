import type { CompiledFlow } from '../flow/compiled-flow.js';
import { type BypassRoute, bypassRoutes } from './bypass.js';
import type { Given } from './given.js';
import { Trait } from './traits.js';

const routesOfFlow = new WeakMap<CompiledFlow, Map<number, readonly BypassRoute[]>>();

/** What the outputs of a bypassed node hand on, as the document has it. */
export function routesOf(flow: CompiledFlow, node: number): readonly BypassRoute[] {
  let ofFlow = routesOfFlow.get(flow);
  if (!ofFlow) {
    ofFlow = new Map();
    routesOfFlow.set(flow, ofFlow);
  }
  let routes = ofFlow.get(node);
  if (!routes) {
    routes = bypassRoutes(flow, node);
    ofFlow.set(node, routes);
  }
  return routes;
}

/**
 * The edge that really brings what this edge brings: through bypassed nodes it is the wire behind which something is
 * computed. -1 where a bypassed node hands on a literal or nothing.
 */
export function feedingEdge(flow: CompiledFlow, traits: Uint8Array, given: Given, edge: number): number {
  let at = edge;
  let source = flow.edgeSource[at] as number; // typed arrays of fixed length
  while (((traits[source] as number) & Trait.routed) !== 0 && !given.pins.has(source)) {
    const route = routesOf(flow, source)[flow.edgeOutput[at] as number];
    if (route?.kind !== 'edge') return -1;
    at = route.edge;
    source = flow.edgeSource[at] as number;
  }
  return at;
}

/** What a bypassed node hands on where {@link feedingEdge} gives -1. */
export function constantOf(flow: CompiledFlow, given: Given, edge: number): Exclude<BypassRoute, { kind: 'edge' }> {
  let at = edge;
  for (;;) {
    const source = flow.edgeSource[at] as number;
    const routes = given.overrides.has(source)
      ? bypassRoutes(flow, source, given.overrides.get(source))
      : routesOf(flow, source);
    const route = routes[flow.edgeOutput[at] as number];
    if (route?.kind !== 'edge') return route ?? { kind: 'skip' };
    at = route.edge;
  }
}

/** Whether a wire into a node has a say in what the node gives. */
export function isFed(flow: CompiledFlow, traits: Uint8Array, edge: number): boolean {
  const target = flow.edgeTarget[edge] as number;
  const bits = traits[target] as number;
  if ((bits & Trait.constant) !== 0) return false;
  if ((bits & Trait.routed) === 0) return true;
  return routesOf(flow, target).some((route) => route.kind === 'edge' && route.edge === edge);
}
