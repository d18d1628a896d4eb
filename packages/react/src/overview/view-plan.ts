import type { Box } from '../layout/box.js';
import type { Viewport } from '../store/session.js';

/** The size of what one sees, in pixels. */
export interface ScreenSize {
  readonly width: number;
  readonly height: number;
}

/** A picture of a part of the flow. */
export interface Picture {
  /** The view that it was painted for. */
  readonly view: Viewport;
  /** What it shows, in flow units. */
  readonly area: Box;
}

/** The part of the flow that a view shows, with so many pixels around it. */
export function shownArea({ x, y, zoom }: Viewport, { width, height }: ScreenSize, margin: number): Box {
  return {
    x: (-x - margin) / zoom,
    y: (-y - margin) / zoom,
    width: (width + 2 * margin) / zoom,
    height: (height + 2 * margin) / zoom,
  };
}

/** More pixels than this a picture must not have: it takes four bytes for each. */
const MAX_PIXELS = 9_000_000;
const MAX_MARGIN = 480;

/** How many pixels a picture reaches beyond what one sees, so that one can move some way before it is painted again. */
export function marginFor({ width, height }: ScreenSize, ratio: number): number {
  const [w, h, room] = [width, height, MAX_PIXELS / (ratio * ratio)];
  // (w + 2m)(h + 2m) = room, solved for m.
  const margin = (-(w + h) + Math.sqrt((w - h) ** 2 + 4 * room)) / 4;
  return Math.floor(Math.max(0, Math.min(MAX_MARGIN, margin)));
}

/** What to do with a picture when one looks elsewhere: shift it, stretch it until it is painted again, or paint it now. */
export type Look = 'shift' | 'stretch' | 'paint';

/** Decides how a picture serves for a view and some pixels around it. `bounds` is where anything lies at all. */
export function lookAt(
  picture: Picture | undefined,
  view: Viewport,
  size: ScreenSize,
  bounds: Box | undefined,
  around = 0,
): Look {
  if (picture === undefined) return 'paint';
  if (picture.view.zoom !== view.zoom) return 'stretch';
  const needed = bounds && overlap(shownArea(view, size, around), bounds);
  return needed === undefined || contains(picture.area, needed) ? 'shift' : 'paint';
}

/** What two rectangles share; undefined when nothing. */
export function overlap(a: Box, b: Box): Box | undefined {
  const [x, y] = [Math.max(a.x, b.x), Math.max(a.y, b.y)];
  const width = Math.min(a.x + a.width, b.x + b.width) - x;
  const height = Math.min(a.y + a.height, b.y + b.height) - y;
  return width < 0 || height < 0 ? undefined : { x, y, width, height };
}

function contains(outer: Box, inner: Box): boolean {
  return (
    outer.x <= inner.x &&
    outer.y <= inner.y &&
    outer.x + outer.width >= inner.x + inner.width &&
    outer.y + outer.height >= inner.y + inner.height
  );
}
