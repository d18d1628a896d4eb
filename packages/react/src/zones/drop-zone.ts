import type { NodeId, Position, Size } from '@loom/graph';

/** A container as it is drawn. */
export interface DrawnContainer {
  readonly id: NodeId;
  readonly position: Position;
  readonly size: Size;
  /** How many containers are around it. */
  readonly depth: number;
  readonly collapsed: boolean;
}

/** The innermost open container under a point, leaving out those that are themselves on the move. */
export function containerAt(
  containers: readonly DrawnContainer[],
  point: Position,
  except: ReadonlySet<NodeId> = new Set(),
): NodeId | undefined {
  let found: DrawnContainer | undefined;
  for (const container of containers) {
    const { position, size, collapsed, depth, id } = container;
    if (collapsed || except.has(id) || (found !== undefined && found.depth >= depth)) continue;
    const isInside =
      point.x >= position.x &&
      point.y >= position.y &&
      point.x <= position.x + size.width &&
      point.y <= position.y + size.height;
    if (isInside) found = container;
  }
  return found?.id;
}
