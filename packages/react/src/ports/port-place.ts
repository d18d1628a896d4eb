import {
  type EdgeId,
  type FlowDocument,
  graphIndex,
  type InputPort,
  type NodeId,
  type OutputPort,
  type PortId,
} from '@loom/graph';
import type { NodeModels } from '../canvas/node-model.js';

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

/** What the type of its node says of a port; undefined when there is no such port. */
export function portAt(models: NodeModels, { node, port, side }: PortPlace): InputPort | OutputPort | undefined {
  const model = models.get(node);
  const ports: readonly (InputPort | OutputPort)[] = (side === 'source' ? model?.outputs : model?.inputs) ?? [];
  return ports.find(({ id }) => id === port);
}
