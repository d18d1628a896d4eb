import { type FlowDocument, graphIndex, type NodeId, type PortId, zoneOf } from '@loom/graph';

/** Whether an output is an end of the flow, or promoted. Wires of a zone into its own body lead nowhere else. */
export function isShown(document: FlowDocument, node: NodeId, port: PortId): boolean {
  if (Object.values(document.outputs).some((output) => output.node === node && output.port === port)) return true;
  if (zoneOf(document, node) !== undefined) return false;
  const wires = graphIndex(document).outgoing(node);
  return wires.every((wire) => isWithin(document, document.edges[wire]?.target, node));
}

function isWithin(document: FlowDocument, node: NodeId | undefined, zone: NodeId): boolean {
  let around = node === undefined ? undefined : zoneOf(document, node);
  while (around !== undefined && around !== zone) around = zoneOf(document, around);
  return around === zone;
}
