import type { Size } from '@loom/graph';
import type { Box } from '../layout/box.js';
import type { Viewport } from '../store/session.js';

/** Room between what is revealed and the edge of the canvas, in pixels. */
const MARGIN = 32;
/** Less than this is no move, but the error of reckoning with zoom. */
const LEAST = 0.5;

/** The view from which a rectangle of the flow is seen, moved as little as it takes; the same one where it is seen already. */
export function revealing(viewport: Viewport, { width, height }: Size, box: Box): Viewport {
  const { zoom } = viewport;
  const dx = shift(viewport.x + box.x * zoom, box.width * zoom, width);
  const dy = shift(viewport.y + box.y * zoom, box.height * zoom, height);
  return dx === 0 && dy === 0 ? viewport : { x: viewport.x + dx, y: viewport.y + dy, zoom };
}

/** How far to move so that a stretch lies in sight; of one that is too long, its beginning. */
function shift(start: number, length: number, room: number): number {
  const toBegin = MARGIN - start;
  const toEnd = room - MARGIN - (start + length);
  const by = toBegin > 0 || length > room - 2 * MARGIN ? toBegin : Math.min(0, toEnd);
  return Math.abs(by) < LEAST ? 0 : by;
}
