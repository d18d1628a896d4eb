import {
  applyOperations,
  canConnect,
  type EdgeId,
  type FlowDocument,
  type FlowEdge,
  graphIndex,
  type NodeId,
  type Operation,
} from '@loom/graph';
import type { LoomStore } from '../store/loom-store.js';
import type { DocumentState } from '../store/state.js';

/**
 * The operations that take nodes out of their wires: those to other nodes are cut, and what fed the nodes feeds what they
 * fed, where that fits. Wires between the nodes stay.
 */
export function takeOutOfWires(
  { document, library }: Pick<DocumentState, 'document' | 'library'>,
  nodes: ReadonlySet<NodeId>,
  createId: LoomStore['createId'],
): readonly Operation[] {
  const index = graphIndex(document);
  const outer = (ids: readonly EdgeId[], end: 'source' | 'target') =>
    ids.filter((id) => !nodes.has(document.edges[id]?.[end] ?? ''));
  const incoming = [...nodes].flatMap((id) => outer(index.incoming(id), 'source'));
  const outgoing = [...nodes].flatMap((id) => outer(index.outgoing(id), 'target'));
  if (incoming.length + outgoing.length === 0) return [];
  const cut: Operation = { kind: 'disconnect', ids: [...incoming, ...outgoing] };
  const open = applyOperations(document, [cut], { library });
  if (!open.ok) return [];
  const operations: Operation[] = [cut];
  const made = new Set<string>();
  for (const id of outgoing) {
    const edge = document.edges[id];
    if (edge === undefined) continue;
    for (const feeder of feedersOf(document, nodes, edge.source)) {
      const bridge = bridgeOf(feeder, edge);
      const name = JSON.stringify([bridge.source, bridge.sourcePort, bridge.target, bridge.targetPort]);
      if (made.has(name) || !canConnect(open.document, library, bridge).ok) continue;
      made.add(name);
      operations.push({ kind: 'connect', id: createId('edge'), edge: bridge });
      break;
    }
  }
  return operations;
}

/** What comes into the nodes from outside and goes on to this one of them, the nearest first. */
function feedersOf(document: FlowDocument, nodes: ReadonlySet<NodeId>, to: NodeId): readonly FlowEdge[] {
  const index = graphIndex(document);
  const found: FlowEdge[] = [];
  const seen = new Set([to]);
  for (const node of seen) {
    for (const id of index.incoming(node)) {
      const edge = document.edges[id];
      if (edge === undefined) continue;
      if (nodes.has(edge.source)) seen.add(edge.source);
      else found.push(edge);
    }
  }
  return found;
}

/** From where one wire begins to where another one ends. The points of neither fit it. */
function bridgeOf({ source, sourcePort }: FlowEdge, { view: _view, ...rest }: FlowEdge): FlowEdge {
  return { ...rest, source, sourcePort };
}
