import type { FlowDocument, FlowFrame, NodeId, Position, Size } from '@loom/graph';

/** The nodes whose middle lies in a frame: they move with it. */
export function nodesIn(
  nodes: FlowDocument['nodes'],
  frame: Pick<FlowFrame, 'position' | 'size'>,
  sizeOf: (id: NodeId) => Size,
): readonly NodeId[] {
  const { position, size } = frame;
  return Object.entries(nodes).flatMap(([id, node]) => {
    const { width, height } = sizeOf(id);
    const [x, y] = [node.position.x + width / 2 - position.x, node.position.y + height / 2 - position.y];
    return x >= 0 && y >= 0 && x <= size.width && y <= size.height ? [id] : [];
  });
}

/** Room between the nodes that a frame is drawn around and its edges; above them its title has place. */
const MARGIN = 24;
const TITLE = 40;

/** A frame around a rectangle. */
export function frameAround(box: Position & Size): Pick<FlowFrame, 'position' | 'size'> {
  return {
    position: { x: Math.round(box.x - MARGIN), y: Math.round(box.y - MARGIN - TITLE) },
    size: { width: Math.round(box.width + 2 * MARGIN), height: Math.round(box.height + 2 * MARGIN + TITLE) },
  };
}
