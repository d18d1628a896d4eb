/**
 * What lies over what: containers below what is in them, wires between, nodes on top. Each depth of containers has three
 * layers of its own; what is selected comes before all that is not.
 */
const SELECTED = 1000;

/** The layer of a container with so many others around it. */
export function containerLayer(depth: number): number {
  return 3 * depth;
}

/** The layer of a wire whose deeper end lies in so many containers. */
export function wireLayer(depth: number, selected: boolean): number {
  return 3 * depth + 1 + (selected ? SELECTED : 0);
}

/** The layer of a node that lies in so many containers. */
export function nodeLayer(depth: number, selected: boolean): number {
  return 3 * depth + 2 + (selected ? SELECTED : 0);
}
