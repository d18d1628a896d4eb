import type { Position, Size } from '../document.js';
import type { Sketch } from './sketch.js';

/** What a node takes when the file gives no size, in flow units. */
const nodeSize: Size = { width: 200, height: 120 };
/** Between a container and what is in it; above there is room for a title. */
const margin = 40;
const titleHeight = 40;
/** Containers within containers that still grow with a node. Deeper ones keep the size of a node. */
const maxDepth = 200;

const columns = 6;
const columnWidth = 260;
const rowHeight = 200;

/** A place in a grid, for nodes of files without positions. */
export function gridPosition(index: number): Position {
  return { x: (index % columns) * columnWidth, y: Math.floor(index / columns) * rowHeight };
}

/** A position beside a node, for one that is added to the flow. */
export function beside(sketch: Sketch, id: string, dx: number, dy = 0): Position {
  const { x, y } = sketch.nodes.get(id)?.position ?? { x: 0, y: 0 };
  return { x: x + dx, y: y + dy };
}

interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** Puts containers around what is in them. */
export function fitContainers(sketch: Sketch, containers: Iterable<string>): void {
  const boxes = new Map<string, Box>();
  const wanted = new Set(containers);
  for (const [id, node] of sketch.nodes) {
    if (wanted.has(id) || node.parent === undefined) continue;
    const { width, height } = node.size ?? nodeSize;
    const { x, y } = node.position;
    const box = { left: x, top: y, right: x + width, bottom: y + height };
    let parent: string | undefined = node.parent;
    for (let depth = 0; parent !== undefined && depth < maxDepth; depth++) {
      box.left -= margin;
      box.top -= margin + titleHeight;
      box.right += margin;
      box.bottom += margin;
      grow(boxes, parent, box);
      parent = sketch.nodes.get(parent)?.parent;
    }
  }
  for (const [id, { left, top, right, bottom }] of boxes) {
    const node = wanted.has(id) ? sketch.nodes.get(id) : undefined;
    if (!node) continue;
    node.position = { x: left, y: top };
    node.size = { width: right - left, height: bottom - top };
  }
}

function grow(boxes: Map<string, Box>, id: string, box: Box): void {
  const found = boxes.get(id);
  if (!found) {
    boxes.set(id, { ...box });
    return;
  }
  found.left = Math.min(found.left, box.left);
  found.top = Math.min(found.top, box.top);
  found.right = Math.max(found.right, box.right);
  found.bottom = Math.max(found.bottom, box.bottom);
}
