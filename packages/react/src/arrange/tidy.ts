import { type FlowDocument, type FlowEdge, type NodeId, type Position, type Size, topologicalOrder } from '@loom/graph';
import { childrenOf, containersOf, isContainer } from '../zones/containment.js';

type Nodes = FlowDocument['nodes'];

/** What tidying needs to know of how nodes are drawn. */
export interface TidyPlace {
  sizeOf(id: NodeId): Size;
  /** The height of header and outer ports of a container. */
  headOf(id: NodeId): number;
}

const COLUMN_GAP = 72;
const ROW_GAP = 32;
const INSIDE_GAP = 24;
/** From the side of a zone to its first column: its inner ports stand there. */
const RAIL = 136;

/**
 * Places nodes in columns, each right of what feeds it, rows in the order of what feeds them, so that wires run to the right
 * and cross little. What lies in a container is placed within it first. Only nodes that share a parent are placed among
 * each other; they keep their upper left corner.
 */
export function tidy(
  document: Pick<FlowDocument, 'nodes' | 'edges'>,
  chosen: ReadonlySet<NodeId>,
  place: TidyPlace,
): Readonly<Record<NodeId, Position>> {
  const { nodes } = document;
  const moved: Record<NodeId, Position> = {};
  const sizes = new Map<NodeId, Size>();
  const edges = Object.values(document.edges);
  const rank = new Map(topologicalOrder(document).order.map((id, index) => [id, index]));
  const groups = new Map<NodeId | undefined, NodeId[]>();
  for (const id of chosen) {
    const parent = nodes[id]?.parent;
    const group = groups.get(parent);
    if (group === undefined) groups.set(parent, [id]);
    else group.push(id);
  }
  const depth = (id: NodeId | undefined) => (id === undefined ? -1 : containersOf(nodes, id).length);
  // The innermost first: a container is as large as what was placed in it.
  for (const [parent, ids] of [...groups].sort(([a], [b]) => depth(b) - depth(a))) {
    const known = ids.filter((id) => rank.has(id));
    if (known.length < 2 && parent === undefined) continue;
    const sizeOf = (id: NodeId) => sizes.get(id) ?? place.sizeOf(id);
    const isWhole = parent !== undefined && childrenOf(nodes, parent).every((child) => ids.includes(child));
    const corner = isWhole ? insideOf(nodes, parent, place) : cornerOf(nodes, known);
    const extent = placeColumns(columnsOf(nodes, known, edges, rank), sizeOf, corner, moved);
    const container = parent === undefined ? undefined : nodes[parent];
    if (parent === undefined || container === undefined || !isWhole) continue;
    sizes.set(parent, {
      width: Math.max(container.size?.width ?? 0, extent.x - container.position.x + RAIL),
      height: Math.max(container.size?.height ?? 0, extent.y - container.position.y + INSIDE_GAP),
    });
  }
  return carryContents(nodes, moved);
}

/** The nearest of these nodes that a node is, or lies in. */
function ownerIn(nodes: Nodes, id: NodeId, ids: ReadonlySet<NodeId>): NodeId | undefined {
  return [id, ...containersOf(nodes, id)].find((each) => ids.has(each));
}

function columnsOf(
  nodes: Nodes,
  ids: readonly NodeId[],
  edges: readonly FlowEdge[],
  rank: ReadonlyMap<NodeId, number>,
): readonly (readonly NodeId[])[] {
  const own = new Set(ids);
  const feeds = new Map<NodeId, NodeId[]>();
  for (const { source, target } of edges) {
    const [from, to] = [ownerIn(nodes, source, own), ownerIn(nodes, target, own)];
    if (from === undefined || to === undefined || from === to) continue;
    feeds.set(to, [...(feeds.get(to) ?? []), from]);
  }
  const column = new Map<NodeId, number>();
  const order = [...ids].sort((a, b) => (rank.get(a) ?? 0) - (rank.get(b) ?? 0));
  for (const id of order) {
    column.set(id, Math.max(-1, ...(feeds.get(id) ?? []).map((from) => column.get(from) ?? -1)) + 1);
  }
  const columns: NodeId[][] = [];
  for (const id of order) {
    const at = column.get(id) ?? 0;
    columns[at] = [...(columns[at] ?? []), id];
  }
  const row = new Map<NodeId, number>();
  const y = (id: NodeId) => nodes[id]?.position.y ?? 0;
  return Array.from(columns, (members = [], at) => {
    // A row lies by the middle of the rows that feed it; the first column keeps the order in which it was drawn.
    const weight = (id: NodeId) => {
      const rows = (feeds.get(id) ?? []).flatMap((from) => row.get(from) ?? []);
      return rows.length === 0 ? Number.POSITIVE_INFINITY : rows.reduce((sum, each) => sum + each, 0) / rows.length;
    };
    const sorted = [...members].sort((a, b) => (at === 0 ? y(a) - y(b) : weight(a) - weight(b) || y(a) - y(b)));
    for (const [index, id] of sorted.entries()) row.set(id, index);
    return sorted;
  });
}

function placeColumns(
  columns: readonly (readonly NodeId[])[],
  sizeOf: (id: NodeId) => Size,
  corner: Position,
  moved: Record<NodeId, Position>,
): Position {
  const heights = columns.map((column) => column.reduce((sum, id) => sum + sizeOf(id).height + ROW_GAP, -ROW_GAP));
  const tallest = Math.max(0, ...heights);
  let x = corner.x;
  for (const [index, column] of columns.entries()) {
    // Columns stand around one middle, so that wires run level.
    let y = corner.y + (tallest - (heights[index] ?? 0)) / 2;
    let width = 0;
    for (const id of column) {
      const size = sizeOf(id);
      moved[id] = { x: Math.round(x), y: Math.round(y) };
      y += size.height + ROW_GAP;
      width = Math.max(width, size.width);
    }
    x += width + COLUMN_GAP;
  }
  return { x: x - COLUMN_GAP, y: corner.y + tallest };
}

function cornerOf(nodes: Nodes, ids: readonly NodeId[]): Position {
  const places = ids.flatMap((id) => nodes[id]?.position ?? []);
  return { x: Math.min(...places.map(({ x }) => x)), y: Math.min(...places.map(({ y }) => y)) };
}

function insideOf(nodes: Nodes, container: NodeId, place: TidyPlace): Position {
  const { x, y } = nodes[container]?.position ?? { x: 0, y: 0 };
  return { x: x + RAIL, y: y + place.headOf(container) + 2 * INSIDE_GAP };
}

/** What lies in a container that was moved goes along, from where it was placed in it. */
function carryContents(nodes: Nodes, moved: Readonly<Record<NodeId, Position>>): Record<NodeId, Position> {
  const settled: Record<NodeId, Position> = {};
  const shiftOf = (id: NodeId): Position => {
    const [from, to] = [nodes[id]?.position, moved[id]];
    return from === undefined || to === undefined ? { x: 0, y: 0 } : { x: to.x - from.x, y: to.y - from.y };
  };
  for (const [id, node] of Object.entries(nodes)) {
    const around = containersOf(nodes, id).filter((container) => isContainer(nodes[container]));
    const at = moved[id] ?? node.position;
    const shift = around.map(shiftOf).reduce((sum, each) => ({ x: sum.x + each.x, y: sum.y + each.y }), { x: 0, y: 0 });
    const next = { x: at.x + shift.x, y: at.y + shift.y };
    if (next.x !== node.position.x || next.y !== node.position.y) settled[id] = next;
  }
  return settled;
}
