import { emptyDocument, type FlowDocument, type FlowEdge, type FlowNode } from '@loom/graph';

export const NODE_COUNT = 1000;
/** Nodes of one layer; all of them are ready at once. */
const LAYER = 50;

const ADD = 'def add(a: int, b: int = 1) -> int:\n    return a + b\n';

function addNode(a?: number): FlowNode {
  return { type: 'add', position: { x: 0, y: 0 }, ...(a === undefined ? {} : { inputs: { a } }) };
}

function wire(source: number, target: number, targetPort: string): FlowEdge {
  return { source: `n${source}`, sourcePort: 'result', target: `n${target}`, targetPort };
}

function flowOf(edges: readonly FlowEdge[]): FlowDocument {
  const fed = new Set(edges.map(({ target }) => target));
  const ids = Array.from({ length: NODE_COUNT }, (_, index) => `n${index}`);
  return {
    ...emptyDocument,
    types: { add: { kind: 'python', source: ADD } },
    nodes: Object.fromEntries(ids.map((id) => [id, addNode(fed.has(id) ? undefined : 0)])),
    edges: Object.fromEntries(edges.map((edge, index) => [`e${index}`, edge])),
  };
}

/** Each node needs the one before it. */
export function chain(): FlowDocument {
  return flowOf(Array.from({ length: NODE_COUNT - 1 }, (_, index) => wire(index, index + 1, 'a')));
}

/** Layers of nodes, each of which needs two of the layer before. */
export function layered(): FlowDocument {
  const edges: FlowEdge[] = [];
  for (let node = LAYER; node < NODE_COUNT; node++) {
    const before = node - LAYER;
    const layerStart = before - (before % LAYER);
    edges.push(wire(before, node, 'a'), wire(layerStart + ((before + 1) % LAYER), node, 'b'));
  }
  return flowOf(edges);
}
