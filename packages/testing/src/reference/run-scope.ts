import type { RunTargets } from '@loom/engine';
import type { FlowEdge, Json, NodeId, PortId } from '@loom/graph';
import { awaitedWires, bodyOf, insideOf, isZone, needsOf, type Shape, seenFromBody } from './graph-shape.js';

type Pins = Readonly<Record<NodeId, Readonly<Record<PortId, Json>>>>;

/** The nodes of the root body that a run is about when no result is kept. A node in a zone means its outermost zone. */
export function rootsInScope(shape: Shape, targets: RunTargets, pins: Pins): NodeId[] {
  const roots = bodyOf(shape, undefined);
  if (targets.kind === 'all') return roots;
  const wires = (node: NodeId): FlowEdge[] => (isPinned(shape, node, pins) ? [] : awaitedWires(shape, node));
  const named = new Set(targets.nodes.map((node) => seenFromBody(shape, undefined, node)));
  const scope = new Set<NodeId | undefined>(named);
  for (const node of named)
    if (node !== undefined) for (const need of needsOf(shape, undefined, node, wires)) scope.add(need);
  return roots.filter((node) => scope.has(node));
}

/** These nodes, with all that is in the zones among them. */
export function withInsides(shape: Shape, roots: readonly NodeId[]): Set<NodeId> {
  return new Set(roots.flatMap((node) => [node, ...(isZone(shape, node) ? insideOf(shape, node) : [])]));
}

/** Nothing is needed for a node that is not run. */
function isPinned(shape: Shape, node: NodeId, pins: Pins): boolean {
  const settings = shape.graph.nodes[node]?.settings;
  return settings?.mode !== 'muted' && (pins[node] !== undefined || settings?.pinned !== undefined);
}
