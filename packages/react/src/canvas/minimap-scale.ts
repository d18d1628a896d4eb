import type { Position, Size } from '@loom/graph';
import type { Box } from '../layout/box.js';

/** The map in pixels. */
export const SIZE: Size = { width: 160, height: 108 };
const PADDING = 8;

/** How the flow lies on the map. */
export interface MapScale {
  /** Pixels of the map for one flow unit. */
  readonly factor: number;
  /** What lies in the corner of the map, in flow units. */
  readonly left: number;
  readonly top: number;
}

/** The scale at which a flow and what one sees of it both fit on the map. */
export function mapScale(bounds: Box | undefined, view: Box): MapScale {
  const flow = bounds ?? view;
  const [left, top] = [Math.min(flow.x, view.x), Math.min(flow.y, view.y)];
  const width = Math.max(flow.x + flow.width, view.x + view.width) - left;
  const height = Math.max(flow.y + flow.height, view.y + view.height) - top;
  const factor = Math.min((SIZE.width - 2 * PADDING) / (width || 1), (SIZE.height - 2 * PADDING) / (height || 1));
  return {
    factor,
    left: left + width / 2 - SIZE.width / 2 / factor,
    top: top + height / 2 - SIZE.height / 2 / factor,
  };
}

/** A rectangle of the flow on the map. */
export function toMap({ x, y, width, height }: Box, { factor, left, top }: MapScale): Box {
  return { x: (x - left) * factor, y: (y - top) * factor, width: width * factor, height: height * factor };
}

/** A point of the map in the flow. */
export function toFlow({ x, y }: Position, { factor, left, top }: MapScale): Position {
  return { x: x / factor + left, y: y / factor + top };
}
