import type { Position } from '@loom/graph';
import type { Node as DrawnNode } from '@xyflow/react';

/** The middle of a port on the canvas; undefined when it is not drawn. */
export function portPlace(
  node: DrawnNode | undefined,
  side: 'source' | 'target',
  port: string | null | undefined,
): Position | undefined {
  const handle = node?.handles?.find(({ id, type }) => id === port && type === side);
  if (node === undefined || handle === undefined) return undefined;
  const { x, y, width = 0, height = 0 } = handle;
  return { x: node.position.x + x + width / 2, y: node.position.y + y + height / 2 };
}
