import type { FlowDocument, FlowFrame, NodeId, Size } from '@loom/graph';
import { frameAround, nodesIn } from '../frames/frame-contents.js';
import { outermost } from '../zones/containment.js';
import type { LayoutBox, LayoutShell } from './layout-problem.js';

/** Frames as boxes around the nodes that lie on them. */
export interface FrameBoxes {
  readonly boxes: readonly LayoutBox[];
  /** The box of the smallest frame that a node lies on directly. */
  around(node: NodeId): string | undefined;
}

const PREFIX = 'frame\n';

/** The frame that a box stands for; undefined for a node. */
export function frameOfBox(box: string): string | undefined {
  return box.startsWith(PREFIX) ? box.slice(PREFIX.length) : undefined;
}

const empty = frameAround({ x: 0, y: 0, width: 0, height: 0 });
const shell: LayoutShell = {
  inset: { x: -empty.position.x, y: -empty.position.y },
  sizeAround: ({ right, bottom }) => {
    const { position, size } = empty;
    return { width: right + position.x + size.width, height: bottom + position.y + size.height };
  },
};

/** The frames whose nodes are all among these, and lie in the same container. */
export function frameBoxes(
  { nodes, frames }: Pick<FlowDocument, 'nodes' | 'frames'>,
  shown: ReadonlySet<NodeId>,
  sizeOf: (id: NodeId) => Size,
): FrameBoxes {
  const direct = new Map<NodeId, string>();
  const found: { readonly box: Omit<LayoutBox, 'within'>; readonly on: readonly NodeId[] }[] = [];
  const within = new Map<string, string>();
  // The smallest first: a node lies on that one, and smaller frames on larger ones.
  for (const [id, frame] of Object.entries(frames).sort(([, a], [, b]) => areaOf(a) - areaOf(b))) {
    const on = frame.kind === 'frame' ? outermost(nodes, new Set(nodesIn(nodes, frame, sizeOf))) : [];
    const [first] = on;
    if (first === undefined || !on.every((node) => shown.has(node) && nodes[node]?.parent === nodes[first]?.parent)) {
      continue;
    }
    const box = PREFIX + id;
    const known = new Set(on);
    for (const inner of found) {
      if (!within.has(inner.box.id) && inner.on.every((node) => known.has(node))) within.set(inner.box.id, box);
    }
    for (const node of on) if (!direct.has(node)) direct.set(node, box);
    found.push({ box: { id: box, ...frame.size, before: frame.position, around: shell }, on });
  }
  const boxes = found.map(({ box, on: [first = ''] }): LayoutBox => {
    const around = within.get(box.id) ?? nodes[first]?.parent;
    return around === undefined ? box : { ...box, within: around };
  });
  return { boxes, around: (node) => direct.get(node) };
}

function areaOf({ size }: FlowFrame): number {
  return size.width * size.height;
}
