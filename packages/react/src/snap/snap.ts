import type { NodeId, Position } from '@loom/graph';
import type { EditorContextValue } from '../editor/context.js';
import type { Box } from '../layout/box.js';
import { alignTo, type Snap, type SnapParts, WHOLE } from './alignment.js';

/** The grid that nodes snap to, in flow units: that of the dots on the canvas. */
export const GRID = 20;
/** In pixels: how near an edge has to come to another one. */
const REACH = 6;

const NOTHING: Snap = { by: { x: 0, y: 0 }, guides: [] };

type Editor = Pick<EditorContextValue, 'store' | 'canvas'>;

/** How far what is moved to a place snaps from there: to its neighbours, else to the grid, unless that is suspended. */
export function snapMove(editor: Editor, box: Box, moving: ReadonlySet<NodeId>): Snap {
  return snap(editor, box, moving, { x: WHOLE, y: WHOLE });
}

/** The size that a box snaps to while one pulls at its edges. Those that stay where they were do not snap. */
export function snapResize(
  editor: Editor,
  box: Box,
  before: Box,
  id: NodeId,
): { readonly box: Box; readonly snap: Snap } {
  const partsOf = (start: number, size: number, oldStart: number, oldSize: number): SnapParts => {
    const isStart = Math.abs(start - oldStart) > 0.5;
    return { start: isStart, middle: false, end: !isStart && Math.abs(start + size - oldStart - oldSize) > 0.5 };
  };
  const x = partsOf(box.x, box.width, before.x, before.width);
  const y = partsOf(box.y, box.height, before.y, before.height);
  const found = snap(editor, box, new Set([id]), { x, y });
  const { by } = found;
  return {
    snap: found,
    box: {
      x: x.start ? box.x + by.x : box.x,
      y: y.start ? box.y + by.y : box.y,
      width: box.width + (x.start ? -by.x : by.x),
      height: box.height + (y.start ? -by.y : by.y),
    },
  };
}

function snap(
  { store, canvas }: Editor,
  box: Box,
  moving: ReadonlySet<NodeId>,
  parts: { readonly x: SnapParts; readonly y: SnapParts },
): Snap {
  const { grid, guides } = store.getState().session.snap;
  if (canvas.isFree() || (!grid && !guides)) return NOTHING;
  // From far a pixel is many units: there everything would be in line with something.
  const { boxes, zoom } = guides ? canvas.neighbours(moving) : { boxes: [], zoom: 1 };
  const aligned = boxes.length === 0 ? NOTHING : alignTo(box, boxes, REACH / zoom, parts);
  if (!grid) return aligned;
  const isTaken = (axis: 'x' | 'y') =>
    aligned.by[axis] !== 0 || aligned.guides.some(({ from, to }) => from[axis] === to[axis]);
  const x = isTaken('x') ? aligned.by.x : toGrid(box.x, box.width, parts.x);
  const y = isTaken('y') ? aligned.by.y : toGrid(box.y, box.height, parts.y);
  return { by: { x, y }, guides: aligned.guides };
}

/** How far an edge is from the next line of the grid. */
function toGrid(start: number, size: number, { start: isStart, end: isEnd }: SnapParts): number {
  if (!isStart && !isEnd) return 0;
  const edge = isStart ? start : start + size;
  return Math.round(edge / GRID) * GRID - edge;
}

/** A place, shifted. */
export function shifted({ x, y }: Position, by: Position): Position {
  return { x: x + by.x, y: y + by.y };
}
