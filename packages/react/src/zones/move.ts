import type { FlowDocument, NodeId, Operation, PortId, Position, Size } from '@loom/graph';
import { HEADER_HEIGHT } from '../layout/node-geometry.js';
import { childrenOf, outermost, withContents } from './containment.js';
import { containerAt, type DrawnContainer } from './drop-zone.js';

type Nodes = FlowDocument['nodes'];
type Positions = Readonly<Record<NodeId, Position>>;

/** Positions of nodes that move, and of what lies in those that are containers: it goes along. */
export function moveContents(nodes: Nodes, positions: Positions): Record<NodeId, Position> {
  const moved: Record<NodeId, Position> = { ...positions };
  for (const [id, to] of Object.entries(positions)) {
    const from = nodes[id]?.position;
    if (from === undefined) continue;
    if (childrenOf(nodes, id).length === 0) continue;
    for (const inside of withContents(nodes, [id])) {
      const at = nodes[inside]?.position;
      if (inside in positions || at === undefined) continue;
      moved[inside] = { x: at.x + to.x - from.x, y: at.y + to.y - from.y };
    }
  }
  return moved;
}

/** Takes along in a drag what lies in the containers that move. */
export function carryContents(nodes: Nodes, moving: ReadonlyMap<NodeId, Position>, shown: Map<NodeId, Position>): void {
  for (const [id, to] of moving) {
    const from = nodes[id]?.position;
    if (from === undefined || childrenOf(nodes, id).length === 0) continue;
    for (const inside of withContents(nodes, [id])) {
      const at = nodes[inside]?.position;
      if (!moving.has(inside) && at !== undefined)
        shown.set(inside, { x: at.x + to.x - from.x, y: at.y + to.y - from.y });
    }
  }
}

/** What a drop needs to know of the canvas. */
export interface DropPlace {
  readonly containers: readonly DrawnContainer[];
  sizeOf(id: NodeId): Size;
  /** The height of header and outer ports of a container: what lies in it stays below. */
  headOf(id: NodeId): number;
  /** The middle of a port; undefined when it is not drawn. */
  portOf(id: NodeId, side: 'source' | 'target', port: PortId): Position | undefined;
}

/** The container that each dragged node would come to lie in; `undefined` for none. Nodes within dragged ones stay there. */
export function dropParents(
  nodes: Nodes,
  positions: Positions,
  place: Pick<DropPlace, 'containers' | 'sizeOf'>,
): ReadonlyMap<NodeId, NodeId | undefined> {
  const dragged = new Set(Object.keys(positions));
  const moving = withContents(nodes, dragged);
  return new Map(
    outermost(nodes, dragged).map((id) => {
      const { x, y } = positions[id] ?? { x: 0, y: 0 };
      const point = { x: x + place.sizeOf(id).width / 2, y: y + HEADER_HEIGHT / 2 };
      return [id, containerAt(place.containers, point, moving)];
    }),
  );
}

/** Room that what lies in a container keeps from its left edge. */
const MARGIN = 12;

/** The operations of a drop: new places, and new parents where a node was dragged into a container or out of one. */
export function dropOperations(nodes: Nodes, positions: Positions, place: Omit<DropPlace, 'portOf'>): Operation[] {
  const parents = dropParents(nodes, positions, place);
  const shifts = new Map<NodeId, { x: number; y: number }>();
  for (const [id, parent] of parents) {
    const container = place.containers.find((candidate) => candidate.id === parent);
    const at = positions[id];
    if (container === undefined || at === undefined) continue;
    // Dropped over the edge or the header of its container, a node moves below; all that are dropped there as one.
    const shift = shifts.get(container.id) ?? { x: 0, y: 0 };
    shifts.set(container.id, {
      x: Math.max(shift.x, container.position.x + MARGIN - at.x),
      y: Math.max(shift.y, container.position.y + place.headOf(container.id) + MARGIN - at.y),
    });
  }
  const settled: Record<NodeId, Position> = {};
  for (const [id, parent] of parents) {
    const at = positions[id];
    if (at === undefined) continue;
    const shift = parent === undefined ? undefined : shifts.get(parent);
    settled[id] = shift === undefined ? at : { x: Math.round(at.x + shift.x), y: Math.round(at.y + shift.y) };
  }
  const moved = Object.fromEntries(
    Object.entries(moveContents(nodes, settled)).filter(([id, { x, y }]) => {
      const before = nodes[id]?.position;
      return before !== undefined && (before.x !== x || before.y !== y);
    }),
  );
  const operations: Operation[] = Object.keys(moved).length === 0 ? [] : [{ kind: 'move-nodes', positions: moved }];
  for (const [id, parent] of parents) {
    if (nodes[id]?.parent !== parent) operations.push({ kind: 'update-node', id, changes: { parent: parent ?? null } });
  }
  return operations;
}
