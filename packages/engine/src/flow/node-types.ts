import { type FlowGraph, type FlowNode, type Library, type NodeType, nodeTypeOf, type TypeId } from '@loom/graph';

/** The types of nodes, by node and each once. */
export interface NodeTypes {
  /** Undefined where nobody defines the type. */
  readonly types: (NodeType | undefined)[];
  readonly usedTypes: NodeType[];
  /** By node the index among the used types; -1 where nobody defines the type. */
  readonly typeOf: Int32Array;
}

/** Looks the types of nodes up, but for those that stand for the ends of a body. */
export function readTypes(
  nodes: readonly FlowNode[],
  ends: readonly number[],
  graph: FlowGraph,
  library: Library,
): NodeTypes {
  const types = new Array<NodeType | undefined>(nodes.length);
  const usedTypes: NodeType[] = [];
  const typeOf = new Int32Array(nodes.length).fill(-1);
  const placeOfType = new Map<NodeType, number>();
  // By id, for nodes whose settings have no say in their type.
  const placeOfId = new Map<TypeId, number>();
  // Nodes of one type are often in a row.
  let lastId: TypeId | undefined;
  let lastPlace = -1;
  const find = (node: FlowNode): number => {
    const type = nodeTypeOf(graph, library, node);
    if (!type) return -1;
    let place = placeOfType.get(type);
    if (place === undefined) {
      place = usedTypes.push(type) - 1;
      placeOfType.set(type, place);
    }
    return place;
  };
  for (let i = 0; i < nodes.length; i++) {
    if (ends.includes(i)) continue;
    const node = nodes[i] as FlowNode; // within the bounds of the loop
    const { type: id, settings } = node;
    let place: number;
    if (settings?.zone !== undefined || settings?.cases !== undefined) {
      place = find(node);
    } else {
      if (id !== lastId) {
        lastPlace = placeOfId.get(id) ?? find(node);
        placeOfId.set(id, lastPlace);
        lastId = id;
      }
      place = lastPlace;
    }
    typeOf[i] = place;
    types[i] = usedTypes[place];
  }
  return { types, usedTypes, typeOf };
}
