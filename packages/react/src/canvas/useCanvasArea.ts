import type { Size } from '@loom/graph';
import { type ReactFlowState, useStore } from '@xyflow/react';
import type { Box } from '../layout/box.js';
import type { Viewport } from '../store/session.js';

/** The area grows by cells of about so much of the view: smaller ones would be left too often, larger ones hold much. */
const CELLS = 4;

/** An area around the view that stays the same while one moves a little; undefined until the view is known. */
export function useCanvasArea(): Box | undefined {
  return useStore(drawnArea, isSameBox);
}

function drawnArea({ transform: [x, y, zoom], width, height, fitViewQueued }: ReactFlowState): Box | undefined {
  return fitViewQueued || width === 0 || height === 0 ? undefined : areaAround({ x, y, zoom }, { width, height });
}

/** The area around what one sees on a canvas of a size. */
export function areaAround({ x, y, zoom }: Viewport, { width, height }: Size): Box {
  // Sizes in steps of two: while one zooms a little, the cells stay what they are.
  const cell = 2 ** Math.round(Math.log2(Math.max(width, height) / zoom / CELLS));
  const from = (start: number) => (Math.floor(start / cell) - 1) * cell;
  const to = (end: number) => (Math.ceil(end / cell) + 1) * cell;
  const [left, top] = [from(-x / zoom), from(-y / zoom)];
  return { x: left, y: top, width: to((width - x) / zoom) - left, height: to((height - y) / zoom) - top };
}

function isSameBox(a: Box | undefined, b: Box | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return a.x === b.x && a.y === b.y && a.width === b.width && a.height === b.height;
}
