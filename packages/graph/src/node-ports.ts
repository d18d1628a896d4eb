import type { FlowDocument, FlowNode } from './document.js';
import { type GraphIndex, graphIndex } from './graph-index.js';
import type { NodeId, PortId } from './id.js';
import type { Library } from './library.js';
import type { InputPort, NodeType, OutputPort } from './node-type.js';
import { nodeTypeOf } from './node-type-of.js';

/** The part of a document that says how nodes are wired; a subgraph has it too. */
export type FlowGraph = Pick<FlowDocument, 'nodes' | 'edges' | 'types'>;

/** The ports of a node as they are now. */
export interface NodePorts {
  readonly inputs: readonly InputPort[];
  readonly outputs: readonly OutputPort[];
  /** Absent when nobody defines the type. */
  readonly type: NodeType | undefined;
}

const none: NodePorts = Object.freeze({ inputs: [], outputs: [], type: undefined });
const ofType = new WeakMap<NodeType, NodePorts>();
const ofPlaceholder = new WeakMap<FlowNode, { readonly key: string; readonly ports: NodePorts }>();

/**
 * The ports of a node: those of its type, or, when the type is missing, one for each literal and each wire that it
 * has, so that nothing is lost from view. The same question gives the same object, as long as the answer is the same.
 *
 * @example
 * ```ts
 * nodePorts(document, library, 'mean').inputs.map((port) => port.title);
 * ```
 */
export function nodePorts(document: FlowGraph, library: Library, id: NodeId): NodePorts {
  const node = Object.hasOwn(document.nodes, id) ? document.nodes[id] : undefined;
  if (!node) return none;
  const type = nodeTypeOf(document, library, node);
  if (!type || type.implementation.kind === 'missing') return placeholderPorts(document, id, node, type);
  let ports = ofType.get(type);
  if (!ports) {
    ports = { inputs: type.inputs, outputs: type.outputs, type };
    ofType.set(type, ports);
  }
  return ports;
}

function placeholderPorts(document: FlowGraph, id: NodeId, node: FlowNode, type: NodeType | undefined): NodePorts {
  const { inputs, outputs } = wiredPorts(document.edges, graphIndex(document), id);
  const ins = new Set<PortId>([
    ...(type?.inputs.map((port) => port.id) ?? []),
    ...Object.keys(node.inputs ?? {}),
    ...inputs,
  ]);
  const outs = new Set<PortId>([...(type?.outputs.map((port) => port.id) ?? []), ...outputs]);
  const key = JSON.stringify([[...ins], [...outs]]);
  const kept = ofPlaceholder.get(node);
  if (kept?.key === key && kept.ports.type === type) return kept.ports;
  const ports: NodePorts = {
    inputs: [...ins].map((port) => type?.inputs.find((known) => known.id === port) ?? placeholderInput(port)),
    outputs: [...outs].map((port) => type?.outputs.find((known) => known.id === port) ?? placeholderOutput(port)),
    type,
  };
  ofPlaceholder.set(node, { key, ports });
  return ports;
}

function wiredPorts(
  edges: FlowDocument['edges'],
  index: GraphIndex,
  id: NodeId,
): Record<'inputs' | 'outputs', PortId[]> {
  return {
    inputs: index.incoming(id).flatMap((edge) => edges[edge]?.targetPort ?? []),
    outputs: index.outgoing(id).flatMap((edge) => edges[edge]?.sourcePort ?? []),
  };
}

function placeholderInput(id: PortId): InputPort {
  return { id, title: id, type: { kind: 'any' }, required: false, multiple: true };
}

function placeholderOutput(id: PortId): OutputPort {
  return { id, title: id, type: { kind: 'any' } };
}
