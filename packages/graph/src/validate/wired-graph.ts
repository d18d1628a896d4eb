import type { FlowDocument } from '../document.js';
import { graphIndex, indexedWiring } from '../graph-index.js';
import type { NodeId, PortId } from '../id.js';
import type { Json } from '../json.js';
import type { Library } from '../library.js';
import { type FlowGraph, type NodePorts, nodePorts } from '../node-ports.js';
import type { InputPort } from '../node-type.js';
import type { TypedGraph } from '../node-typing.js';
import { at, type Groups, groupBy, type Wiring } from '../wiring.js';

/** Says why a value cannot be the literal of an input, or nothing when it can. */
export type InputCheck = (value: Json, port: InputPort) => string | undefined;

/** A graph as checks need it: each node's ports are asked for once, and wires are found by number. */
export interface WiredGraph extends TypedGraph {
  readonly document: FlowGraph & Pick<FlowDocument, 'inputs' | 'outputs'>;
  /** Where the graph is in the document. */
  readonly path: readonly string[];
  readonly nodeIds: readonly NodeId[];
  readonly ports: ReadonlyMap<NodeId, NodePorts>;
  readonly wiring: Wiring;
  /** The wires that end at each numbered node. */
  readonly incoming: Groups;
  readonly checkInput: InputCheck;
}

export function wireGraph(
  document: WiredGraph['document'],
  library: Library,
  path: readonly string[],
  checkInput: InputCheck,
): WiredGraph {
  const nodeIds = Object.keys(document.nodes);
  const ports = new Map<NodeId, NodePorts>();
  for (const id of nodeIds) ports.set(id, nodePorts(document, library, id));
  const wiring = indexedWiring(document.edges);
  const incoming = groupBy(wiring.targets, wiring.nodeIds.length);
  return { document, library, path, nodeIds, ports, wiring, incoming, checkInput };
}

/** Up to here, looking at all wires of a node is faster than asking the index. */
const fewWires = 8;

/** Whether a wire ends at this input. */
export function isFed({ document, wiring, incoming }: WiredGraph, id: NodeId, port: PortId): boolean {
  const node = wiring.numbers.get(id);
  if (node === undefined) return false;
  const end = at(incoming.first, node + 1);
  const start = at(incoming.first, node);
  if (end - start > fewWires) return graphIndex(document).incomingTo(id, port).length > 0;
  for (let place = start; place < end; place++) {
    if (wiring.edges[at(incoming.members, place)]?.targetPort === port) return true;
  }
  return false;
}

/** Whether two wires end at the same input of this node. */
export function isCrowded({ wiring, incoming }: WiredGraph, node: number): boolean {
  const end = at(incoming.first, node + 1);
  const start = at(incoming.first, node);
  if (end - start > fewWires) return true;
  for (let place = start + 1; place < end; place++) {
    const port = wiring.edges[at(incoming.members, place)]?.targetPort;
    for (let before = start; before < place; before++) {
      if (wiring.edges[at(incoming.members, before)]?.targetPort === port) return true;
    }
  }
  return false;
}
