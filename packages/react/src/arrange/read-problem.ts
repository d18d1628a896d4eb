import type { FlowDocument, NodeId, Size } from '@loom/graph';
import { childrenOf, containersOf, isContainer, isHidden } from '../zones/containment.js';
import { type FrameBoxes, frameBoxes } from './frame-boxes.js';
import type { LayoutBox, LayoutProblem, LayoutShell, LayoutWire } from './layout-problem.js';

/** What a layout needs to know of how nodes are drawn. */
export interface LayoutPlace {
  sizeOf(id: NodeId): Size;
  /** How far below the top of its node a port sits; undefined when it is not drawn. */
  portDepth(id: NodeId, side: 'source' | 'target', port: string): number | undefined;
  /** How an open container is drawn around what lies in it. */
  shellOf(id: NodeId): LayoutShell;
}

type Flow = Pick<FlowDocument, 'nodes' | 'edges' | 'frames'>;

/**
 * What it means to lay out these nodes and all that lies in them. Frames come along whose nodes all do; notes do not, and
 * what a folded container hides stays where it is in it.
 */
export function readProblem(flow: Flow, chosen: ReadonlySet<NodeId>, place: LayoutPlace): LayoutProblem {
  const shown = new Set([...chosen].filter((id) => !isHidden(flow.nodes, id)));
  const frames = frameBoxes(flow, shown, place.sizeOf);
  const boxes = [...shown].flatMap((id) => boxOf(flow.nodes, id, frames, place));
  return { boxes: [...boxes, ...frames.boxes], wires: wiresOf(flow, shown, place) };
}

function boxOf(nodes: Flow['nodes'], id: NodeId, frames: FrameBoxes, place: LayoutPlace): LayoutBox[] {
  const node = nodes[id];
  if (node === undefined) return [];
  const within = frames.around(id) ?? node.parent;
  const isOpen = isContainer(node) && node.view?.collapsed !== true && childrenOf(nodes, id).length > 0;
  return [
    {
      id,
      ...place.sizeOf(id),
      before: node.position,
      ...(within !== undefined && { within }),
      ...(isOpen && { around: place.shellOf(id) }),
    },
  ];
}

/** Wires between nodes that are laid out, and those of inner ports of the container around them. */
function wiresOf({ nodes, edges }: Flow, shown: ReadonlySet<NodeId>, place: LayoutPlace): readonly LayoutWire[] {
  const wires: LayoutWire[] = [];
  for (const { source, sourcePort, target, targetPort } of Object.values(edges)) {
    const isWithin = shown.has(source)
      ? shown.has(target) || containersOf(nodes, source).includes(target)
      : shown.has(target) && containersOf(nodes, target).includes(source);
    if (!isWithin) continue;
    wires.push({
      from: { node: source, y: place.portDepth(source, 'source', sourcePort) ?? 0 },
      to: { node: target, y: place.portDepth(target, 'target', targetPort) ?? 0 },
    });
  }
  return wires;
}
