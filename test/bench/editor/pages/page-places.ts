import type { Point } from './subject.js';

export function elementOf(selector: string): HTMLElement {
  const element = document.querySelector<HTMLElement>(selector);
  if (element === null) throw new Error(`There is no ${selector}.`);
  return element;
}

/** Apart enough to miss nothing between small nodes, in pixels. */
const STEP = 3;

/** The place nearest to the middle of an element that is empty. */
export function emptyPlace(element: Element, isEmpty: (point: Point) => boolean): Point {
  const { left, top, width, height } = element.getBoundingClientRect();
  const [middleX, middleY] = [left + width / 2, top + height / 2];
  let best: (Point & { readonly distance: number }) | undefined;
  for (let y = top + STEP; y < top + height; y += STEP) {
    for (let x = left + STEP; x < left + width; x += STEP) {
      const distance = Math.hypot(x - middleX, y - middleY);
      if (best !== undefined && best.distance <= distance) continue;
      if (isEmpty({ x, y })) best = { x, y, distance };
    }
  }
  if (best === undefined) throw new Error('There is no empty place in the view.');
  return { x: best.x, y: best.y };
}

/** Whether the pointer would meet an element of this class. */
export function isAt({ x, y }: Point, className: string): boolean {
  return document.elementFromPoint(x, y)?.classList.contains(className) === true;
}
