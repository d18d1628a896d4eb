import type { EdgeId, FlowEdge, FlowFrame, NodeId, Position } from '@loom/graph';
import type { Node as DrawnNode } from '@xyflow/react';
import type { Box } from '../layout/box.js';

/** What was drawn around things: a rectangle, or any line that closes. */
export type Area =
  | { readonly kind: 'box'; readonly box: Box }
  | { readonly kind: 'lasso'; readonly path: readonly Position[] };

/** What there is to select. */
export interface Selectable {
  readonly nodes: readonly DrawnNode[];
  readonly edges: Readonly<Record<EdgeId, FlowEdge>>;
  readonly frames: Readonly<Record<string, FlowFrame>>;
}

/** What an area takes. */
export interface AreaContents {
  readonly nodes: ReadonlySet<NodeId>;
  readonly edges: ReadonlySet<EdgeId>;
  readonly frames: ReadonlySet<string>;
}

/**
 * What lies in an area: a rectangle takes what is wholly in it, a lasso the nodes whose middle it goes around. What others
 * lie on, containers and frames, must be in it with all corners: one who selects a few nodes in a frame does not want the
 * frame. Wires are taken with both their ends.
 */
export function areaContents(area: Area, { nodes, edges, frames }: Selectable): AreaContents {
  const taken = new Set<NodeId>();
  for (const { id, position, width = 0, height = 0, dragHandle } of nodes) {
    const box = { ...position, width, height };
    // Only containers are dragged by a part of them.
    if (takes(area, box, dragHandle !== undefined)) taken.add(id);
  }
  const wires = new Set<EdgeId>();
  if (taken.size > 1) {
    for (const [id, { source, target }] of Object.entries(edges)) {
      if (taken.has(source) && taken.has(target)) wires.add(id);
    }
  }
  const framed = Object.entries(frames).filter(([, { position, size }]) => takes(area, { ...position, ...size }, true));
  return { nodes: taken, edges: wires, frames: new Set(framed.map(([id]) => id)) };
}

function takes(area: Area, { x, y, width, height }: Box, isWhole: boolean): boolean {
  const corners = [
    { x, y },
    { x: x + width, y },
    { x: x + width, y: y + height },
    { x, y: y + height },
  ];
  if (area.kind === 'box') return corners.every((corner) => isInBox(area.box, corner));
  if (!isWhole) return isInPath(area.path, { x: x + width / 2, y: y + height / 2 });
  return corners.every((corner) => isInPath(area.path, corner));
}

function isInBox({ x, y, width, height }: Box, point: Position): boolean {
  return point.x >= x && point.y >= y && point.x <= x + width && point.y <= y + height;
}

/** Whether a ray from the point to the right crosses the closed line an odd number of times. */
function isInPath(path: readonly Position[], { x, y }: Position): boolean {
  let isInside = false;
  let last = path.at(-1);
  for (const next of path) {
    if (last !== undefined && last.y > y !== next.y > y) {
      if (x < last.x + ((y - last.y) / (next.y - last.y)) * (next.x - last.x)) isInside = !isInside;
    }
    last = next;
  }
  return isInside;
}
