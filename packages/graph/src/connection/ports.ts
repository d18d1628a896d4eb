import type { FlowEdge } from '../document.js';
import type { Library } from '../library.js';
import { type FlowGraph, nodePorts } from '../node-ports.js';
import type { InputPort, NodeType, OutputPort } from '../node-type.js';
import { nameOf, type Refusal, refuse } from './refusal.js';

/** The two ports of a wire. */
export interface ConnectedPorts {
  readonly output: OutputPort;
  readonly input: InputPort;
}

/** Finds both ports, or says which one is missing. A node whose type is missing has every port. */
export function findPorts(document: FlowGraph, library: Library, edge: FlowEdge): ConnectedPorts | Refusal {
  for (const id of [edge.source, edge.target]) {
    if (!Object.hasOwn(document.nodes, id)) return refuse('edge/unknown-node', `There is no node "${id}".`);
  }
  const from = nodePorts(document, library, edge.source);
  const to = nodePorts(document, library, edge.target);
  const output = from.outputs.find((port) => port.id === edge.sourcePort) ?? missingPort(from.type, edge.sourcePort);
  const input = to.inputs.find((port) => port.id === edge.targetPort) ?? missingPort(to.type, edge.targetPort);
  if (!output)
    return refuse('edge/unknown-port', `${nameOf(document, edge.source)} has no output "${edge.sourcePort}".`);
  if (!input) return refuse('edge/unknown-port', `${nameOf(document, edge.target)} has no input "${edge.targetPort}".`);
  // From one end of an iteration to the other is the only way back to the same node.
  if (edge.source === edge.target && !(output.inner && input.inner)) {
    return refuse('edge/self', 'A node cannot feed itself. To repeat, use a zone.');
  }
  return { output, input };
}

function missingPort(type: NodeType | undefined, id: string): InputPort | undefined {
  if (type && type.implementation.kind !== 'missing') return undefined;
  return { id, title: id, type: { kind: 'any' }, required: false, multiple: true };
}
