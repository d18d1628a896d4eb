import { type RefObject, useEffect } from 'react';

/** How long a finger rests until the menu opens, in milliseconds: as long as phones take for theirs. */
const PRESS_MS = 500;
/** A finger is never quite still: further than this many pixels, it moves. */
const TREMBLE = 10;

/**
 * Opens the menu under a finger that rests on the canvas. Not all browsers send `contextmenu` for that; where one does,
 * its own comes first and nothing happens twice.
 */
export function useLongPress(element: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const { current } = element;
    if (current === null) return undefined;
    let press: { readonly id: number; readonly x: number; readonly y: number } | undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const listening = new AbortController();
    const { signal } = listening;
    const end = () => {
      clearTimeout(timer);
      press = undefined;
    };
    const open = (target: EventTarget | null, clientX: number, clientY: number) => {
      end();
      // The finger goes up later: the click that comes of it would close the menu at once.
      current.addEventListener('touchend', (event) => event.preventDefault(), { once: true, capture: true, signal });
      target?.dispatchEvent(
        new MouseEvent('contextmenu', { bubbles: true, cancelable: true, composed: true, clientX, clientY }),
      );
    };
    current.addEventListener(
      'pointerdown',
      (event) => {
        const isSecond = press !== undefined;
        end();
        if (event.pointerType !== 'touch' || isSecond) return;
        const { target, pointerId: id, clientX: x, clientY: y } = event;
        press = { id, x, y };
        timer = setTimeout(() => open(target, x, y), PRESS_MS);
      },
      { capture: true, signal },
    );
    current.addEventListener(
      'pointermove',
      ({ pointerId, clientX, clientY }) => {
        if (press?.id === pointerId && Math.hypot(clientX - press.x, clientY - press.y) > TREMBLE) end();
      },
      { capture: true, signal },
    );
    for (const over of ['pointerup', 'pointercancel', 'contextmenu'] as const) {
      current.addEventListener(over, end, { capture: true, signal });
    }
    return () => {
      end();
      listening.abort();
    };
  }, [element]);
}
