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

/** The port that an element of the canvas belongs to. */
export function portOf(element: Element): PortPlace | undefined {
  const handle = element.closest('.react-flow__handle');
  const node = handle?.getAttribute('data-nodeid');
  const port = handle?.getAttribute('data-handleid');
  if (!handle || !node || !port) return undefined;
  return { node, port, side: handle.classList.contains('source') ? 'source' : 'target' };
}
