import {
  applyOperations,
  canConnect,
  type EdgeId,
  type FlowDocument,
  type FlowEdge,
  graphIndex,
  type NodeId,
  nodePorts,
  type Operation,
} from '@loom/graph';
import type { LoomStore } from '../store/loom-store.js';
import type { DocumentState } from '../store/state.js';

/**
 * The operations that put a node, which has no wires yet, in between the two ends of a wire: at the first ports that fit.
 * Undefined where none do, or where the node has wires.
 */
export function insertOnWire(
  flow: Pick<DocumentState, 'document' | 'library'>,
  wire: EdgeId,
  node: NodeId,
  createId: LoomStore['createId'],
): readonly Operation[] | undefined {
  const { document, library } = flow;
  const edge = document.edges[wire];
  if (edge === undefined || edge.source === node || edge.target === node || hasWires(document, node)) return undefined;
  const cut: Operation = { kind: 'disconnect', ids: [wire] };
  const { inputs, outputs } = nodePorts(document, library, node);
  const open = applyOperations(document, [cut], { library });
  if (!open.ok) return undefined;
  for (const input of inputs) {
    if (input.inner === true) continue;
    const first: FlowEdge = { source: edge.source, sourcePort: edge.sourcePort, target: node, targetPort: input.id };
    if (!canConnect(open.document, library, first).ok) continue;
    const into: Operation = { kind: 'connect', id: createId('edge'), edge: first };
    const half = applyOperations(open.document, [into], { library });
    if (!half.ok) continue;
    for (const output of outputs) {
      if (output.inner === true) continue;
      // The points of the whole wire fit neither half of it.
      const { view: _view, ...rest } = edge;
      const second: FlowEdge = { ...rest, source: node, sourcePort: output.id };
      if (canConnect(half.document, library, second).ok) {
        return [cut, into, { kind: 'connect', id: createId('edge'), edge: second }];
      }
    }
  }
  return undefined;
}

function hasWires(document: FlowDocument, node: NodeId): boolean {
  const index = graphIndex(document);
  return index.incoming(node).length > 0 || index.outgoing(node).length > 0;
}
