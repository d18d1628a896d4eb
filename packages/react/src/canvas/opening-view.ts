import type { FlowDocument, NodeId, Size } from '@loom/graph';
import { getViewportForBounds } from '@xyflow/react';
import { type Box, boundsOf } from '../layout/box.js';
import { FAR_ZOOM } from '../overview/detail.js';
import type { Viewport } from '../store/session.js';

/** Room around what is looked at, as a part of it; and nothing is enlarged to fill the screen. */
export const FIT = { padding: 0.12, maxZoom: 1 };
/** Far enough for ten thousand nodes at once. */
export const MIN_ZOOM = 0.01;

/** A flow of more nodes opens at its beginning, close enough to be read: all of it at once would be slow to draw. */
const MANY_NODES = 200;
const SHOWN_NODES = 40;
/** Below this zoom a whole flow says little. */
const LEAST_ZOOM = 1 / 3;
/** What would be smaller begins at this zoom instead, so far from the edge in pixels. */
const READABLE_ZOOM = 0.75;
const MARGIN = 24;

/** The nodes that a flow opens on: those around its first one, at the left and the top. Undefined for all of them. */
export function openingNodes({ nodes }: Pick<FlowDocument, 'nodes'>): readonly NodeId[] | undefined {
  const all = Object.entries(nodes).map(([id, { position }]) => ({ id, ...position }));
  if (all.length <= MANY_NODES) return undefined;
  const first = firstOf(all);
  const distance = (node: { x: number; y: number }) =>
    first === undefined ? 0 : Math.hypot(node.x - first.x, node.y - first.y);
  return all
    .sort((a, b) => distance(a) - distance(b))
    .slice(0, SHOWN_NODES)
    .map(({ id }) => id);
}

/**
 * Where a canvas of a size looks when these boxes are opened: at all of them, or at the first where that is too small. What is
 * only the beginning of a flow is never so small that it becomes a picture.
 */
export function openingViewport(
  boxes: readonly Box[],
  { width, height }: Size,
  isBeginning: boolean,
): Viewport | undefined {
  const bounds = boundsOf(boxes);
  const first = firstOf(boxes);
  if (bounds === undefined || first === undefined) return undefined;
  const whole = getViewportForBounds(bounds, width, height, MIN_ZOOM, FIT.maxZoom, FIT.padding);
  if (whole.zoom >= (isBeginning ? FAR_ZOOM : LEAST_ZOOM)) return whole;
  const zoom = READABLE_ZOOM;
  const seen = bounds.height * zoom <= height - 2 * MARGIN ? bounds : first;
  return { x: MARGIN - bounds.x * zoom, y: height / 2 - (seen.y + seen.height / 2) * zoom, zoom };
}

function firstOf<T extends { readonly x: number; readonly y: number }>(all: readonly T[]): T | undefined {
  return all.reduce<T | undefined>(
    (best, at) => (best === undefined || at.x < best.x || (at.x === best.x && at.y < best.y) ? at : best),
    undefined,
  );
}
