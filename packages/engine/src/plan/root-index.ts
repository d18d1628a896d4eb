import { type FlowDocument, LoomError, type NodeId } from '@loom/graph';
import type { CompiledFlow } from '../flow/compiled-flow.js';

/**
 * The node of the root body that a node of the document belongs to: itself, or the outermost zone that repeats it.
 *
 * @throws LoomError `run/unknown-node`
 */
export function rootIndex(flow: CompiledFlow, id: NodeId): number {
  const [outermost = id] = zonesAround(flow.document, id);
  const index = flow.indexOf.get(outermost);
  if (index !== undefined) return index;
  const isThere = Object.hasOwn(flow.document.nodes, id);
  const message = isThere
    ? `The node "${id}" only groups others and is no part of a run. Name the nodes in it.`
    : `There is no node "${id}" in this flow to run.`;
  throw new LoomError('run/unknown-node', message, { context: { node: id } });
}

/** The zones that repeat a node, outermost first. */
export function zonesAround({ nodes }: Pick<FlowDocument, 'nodes'>, id: NodeId): NodeId[] {
  const zones: NodeId[] = [];
  for (const parent of parentsOf(nodes, id)) {
    const zone = nodes[parent]?.settings?.zone;
    if (zone && zone.kind !== 'group') zones.unshift(parent);
  }
  return zones;
}

/** What contains a node, the nearest first. */
export function parentsOf(nodes: FlowDocument['nodes'], id: NodeId): NodeId[] {
  const parents: NodeId[] = [];
  // Loading refuses nodes that contain themselves; a document that was made by hand must not hang a plan.
  const seen = new Set<NodeId>([id]);
  let parent = Object.hasOwn(nodes, id) ? nodes[id]?.parent : undefined;
  while (parent !== undefined && Object.hasOwn(nodes, parent) && !seen.has(parent)) {
    seen.add(parent);
    parents.push(parent);
    parent = nodes[parent]?.parent;
  }
  return parents;
}
