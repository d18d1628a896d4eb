import type { Position, Size } from '@loom/graph';

/** A rectangle in flow units. */
export interface Box extends Position, Size {}

/** Grows to hold the boxes that are added to it. */
export class Extent {
  #left = Number.POSITIVE_INFINITY;
  #top = Number.POSITIVE_INFINITY;
  #right = Number.NEGATIVE_INFINITY;
  #bottom = Number.NEGATIVE_INFINITY;

  add({ x, y, width, height }: Box): void {
    this.#left = Math.min(this.#left, x);
    this.#top = Math.min(this.#top, y);
    this.#right = Math.max(this.#right, x + width);
    this.#bottom = Math.max(this.#bottom, y + height);
  }

  /** Undefined while nothing was added. */
  get box(): Box | undefined {
    if (this.#right < this.#left) return undefined;
    return { x: this.#left, y: this.#top, width: this.#right - this.#left, height: this.#bottom - this.#top };
  }
}

/** The rectangle around boxes; undefined for none. */
export function boundsOf(boxes: Iterable<Box>): Box | undefined {
  const extent = new Extent();
  for (const box of boxes) extent.add(box);
  return extent.box;
}
