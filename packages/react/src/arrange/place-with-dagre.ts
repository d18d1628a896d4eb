import { Graph, layout } from '@dagrejs/dagre';
import type { Box } from '../layout/box.js';
import { packParts, partsOf } from './apart.js';
import { BOX_GAP, LAYER_GAP, type LayoutGroup, type PlaceGroup } from './layout-problem.js';
import { untangle } from './untangle.js';

/** Places a group with dagre: in a moment for a small one, and without a worker. */
export const placeWithDagre: PlaceGroup = async (group) => packParts(partsOf(group).map(placePart));

function placePart(group: LayoutGroup): readonly (Box & { readonly id: string })[] {
  const { boxes, wires } = group;
  const graph = new Graph({ multigraph: true });
  const spacing = { nodesep: BOX_GAP, edgesep: BOX_GAP / 2, ranksep: LAYER_GAP };
  graph.setGraph({ rankdir: 'LR', ...spacing });
  for (const { id, width, height } of boxes) graph.setNode(id, { width, height });
  for (const [at, { from, to }] of wires.entries()) graph.setEdge(from.node, to.node, {}, String(at));
  layout(graph);
  const middles = boxes.map(({ id, width, height }) => {
    const { x = 0, y = 0 } = graph.node(id);
    return [id, { x: x - width / 2, y: y - height / 2 }] as const;
  });
  const places = untangle(group, new Map(middles));
  return boxes.map((box) => ({ ...box, ...(places.get(box.id) ?? { x: 0, y: 0 }) }));
}
