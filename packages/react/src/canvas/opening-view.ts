import type { FlowDocument, NodeId } from '@loom/graph';

/** A flow of more nodes opens at its beginning, close enough to be read: all of it at once would be slow to draw. */
const MANY_NODES = 200;
const SHOWN_NODES = 40;

/** The nodes that a flow opens on: those around its first one, at the left and the top. Undefined for all of them. */
export function openingNodes({ nodes }: Pick<FlowDocument, 'nodes'>): readonly NodeId[] | undefined {
  const all = Object.entries(nodes).map(([id, { position }]) => ({ id, ...position }));
  if (all.length <= MANY_NODES) return undefined;
  const first = all.reduce((best, node) => (node.x < best.x || (node.x === best.x && node.y < best.y) ? node : best));
  const distance = (node: { x: number; y: number }) => Math.hypot(node.x - first.x, node.y - first.y);
  return all
    .sort((a, b) => distance(a) - distance(b))
    .slice(0, SHOWN_NODES)
    .map(({ id }) => id);
}
