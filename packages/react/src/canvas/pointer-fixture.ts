/** Drags with real-looking mouse events, for tests: the canvas library reads coordinates and what lies under them. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

const STEPS = 6;

/** The middle of an element, in client coordinates. */
export function middle(element: Element): Point {
  const { left, top, width, height } = element.getBoundingClientRect();
  return { x: left + width / 2, y: top + height / 2 };
}

function fire(type: string, target: EventTarget, { x, y }: Point, buttons: number): void {
  const init = { bubbles: true, cancelable: true, composed: true, view: window, clientX: x, clientY: y, buttons };
  target.dispatchEvent(new PointerEvent(type.replace('mouse', 'pointer'), { ...init, isPrimary: true, pointerId: 1 }));
  target.dispatchEvent(new MouseEvent(type, init));
}

/** Presses on an element, moves to a place, and stays there until the returned function lets go. */
export async function press(element: Element, to: Point): Promise<() => Promise<void>> {
  const from = middle(element);
  fire('mousedown', element, from, 1);
  for (let step = 1; step <= STEPS; step += 1) {
    const at = { x: from.x + ((to.x - from.x) * step) / STEPS, y: from.y + ((to.y - from.y) * step) / STEPS };
    fire('mousemove', document.elementFromPoint(at.x, at.y) ?? document.body, at, 1);
    await frame();
  }
  return async () => {
    fire('mouseup', document.elementFromPoint(to.x, to.y) ?? document.body, to, 0);
    await frame();
  };
}

/** Presses, moves and lets go. */
export async function drag(element: Element, to: Point): Promise<void> {
  const release = await press(element, to);
  await release();
}

function frame(): Promise<void> {
  return new Promise((resolve) => requestAnimationFrame(() => resolve()));
}
