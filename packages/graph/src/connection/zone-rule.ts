import type { FlowEdge } from '../document.js';
import type { NodeId } from '../id.js';
import type { FlowGraph } from '../node-ports.js';
import { type Bodies, bodiesOf } from '../zone-body.js';
import { courseOf } from '../zone-wire.js';
import { nameOf, type Refusal, refuse } from './refusal.js';

type Graph = Pick<FlowGraph, 'nodes'>;

/**
 * Why a wire may not run as it does between zones. Into a body it may come from anywhere around it, for the value is the
 * same in each iteration. What is in a body leaves it only by the inner inputs of its zone.
 */
export function zoneProblem(document: Graph, edge: FlowEdge): Refusal | undefined {
  const bodies = bodiesOf(document.nodes);
  if (!bodies) return undefined;
  const { leaves, enters } = courseOf(bodies, edge);
  if (leaves !== undefined) return refuse('edge/escapes-zone', escapes(document, bodies, edge, leaves));
  if (enters === undefined) return undefined;
  const reason = `"${edge.targetPort}" takes what each iteration of ${nameOf(document, enters)} gives, so its wire must come from a node directly in the zone.`;
  return refuse('edge/not-in-zone', reason);
}

function escapes(document: Graph, bodies: Bodies, { source, sourcePort }: FlowEdge, zone: NodeId): string {
  const what = source === zone ? `"${sourcePort}"` : nameOf(document, source);
  const way = bodies.zone(zone)?.kind === 'for-each' ? 'as a result of the zone' : 'as a value that the zone carries';
  return `${what} has another value in each iteration of ${nameOf(document, zone)}, so no wire may lead out of it. Give the value out ${way}.`;
}
