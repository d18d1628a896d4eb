import { type EdgeId, type FlowDocument, graphIndex, type NodeId, type PortId } from '@loom/graph';

/** One port of one node: what commands about ports act on. */
export interface PortPlace {
  readonly node: NodeId;
  readonly port: PortId;
  readonly side: 'source' | 'target';
}

/** The wires at a port. Of an input that takes several, in their order. */
export function wiresAt(document: FlowDocument, { node, port, side }: PortPlace): readonly EdgeId[] {
  const index = graphIndex(document);
  if (side === 'target') return index.incomingTo(node, port);
  return index.outgoing(node).filter((id) => document.edges[id]?.sourcePort === port);
}
