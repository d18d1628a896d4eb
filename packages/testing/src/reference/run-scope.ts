import type { RunTargets } from '@loom/engine';
import type { FlowEdge, Json, NodeId, PortId } from '@loom/graph';
import { isOnCycle } from './blocked.js';
import { neededWires } from './bypass.js';
import { bodyOf, insideOf, isEventNode, isZone, needsOf, type Shape, seenFromBody } from './graph-shape.js';

type Pins = Readonly<Record<NodeId, Readonly<Record<PortId, Json>>>>;

/**
 * The nodes of the root body that a run is about when no result is kept. A node in a zone means its outermost zone; what is
 * not run, or fails without waiting, needs nothing.
 */
export function rootsInScope(shape: Shape, targets: RunTargets, pins: Pins): NodeId[] {
  const roots = bodyOf(shape, undefined);
  if (targets.kind === 'all' || targets.kind === 'changed') return roots;
  const named = roots.filter((root) => targets.nodes.some((node) => seenFromBody(shape, undefined, node) === root));
  const isNamed = (node: NodeId): boolean => named.includes(node);
  const isBehind = (node: NodeId): boolean => [...needsOf(shape, undefined, node)].some(isNamed);
  const wanted = targets.kind === 'from' ? roots.filter((node) => isNamed(node) || isBehind(node)) : named;
  const wires = (node: NodeId): FlowEdge[] => {
    if (isLeftOut(shape, node, pins) || isOnCycle(shape, undefined, node)) return [];
    return neededWires(shape, node);
  };
  const needed = new Set(wanted.flatMap((node) => [...needsOf(shape, undefined, node, wires)]));
  return roots.filter((node) => wanted.includes(node) || needed.has(node));
}

/** These nodes, with all that is in the zones among them. */
export function withInsides(shape: Shape, roots: readonly NodeId[]): Set<NodeId> {
  return new Set(roots.flatMap((node) => [node, ...(isZone(shape, node) ? insideOf(shape, node) : [])]));
}

/** Nothing is needed for a node that is not run. */
function isLeftOut(shape: Shape, node: NodeId, pins: Pins): boolean {
  const settings = shape.graph.nodes[node]?.settings;
  const isPinned = pins[node] !== undefined || settings?.pinned !== undefined;
  return settings?.mode === 'muted' || isPinned || isEventNode(shape, node);
}
