import { type FocusEvent, type RefObject, useEffect, useMemo, useRef } from 'react';

/** The props of the canvas that keep the focus where keys work. */
export interface CanvasFocus {
  onFocus(event: FocusEvent<HTMLElement>): void;
  onBlur(event: FocusEvent<HTMLElement>): void;
  onPointerDown(): void;
}

/**
 * Keeps the focus in the canvas. What is clicked there leaves it to the canvas itself, and what had it by keys hands it
 * on when it vanishes: the browser would give it to the page, and the key after Delete would do nothing.
 *
 * `data-pointed` tells whether the focus came by the pointer. Browsers know it only at this moment: at the first key
 * they show the ring, and count as keyboard what began with a click.
 */
export function useCanvasFocus(element: RefObject<HTMLElement | null>, nodes: unknown, edges: unknown): CanvasFocus {
  const last = useRef<Element | undefined>(undefined);

  // biome-ignore lint/correctness/useExhaustiveDependencies: what is drawn has changed, so something may be gone
  useEffect(() => {
    // The library takes nodes off the page some time after it was told.
    const frame = requestAnimationFrame(() => {
      const { current } = element;
      if (current === null || last.current === undefined || last.current.isConnected) return;
      last.current = undefined;
      const { activeElement } = current.getRootNode() as Document | ShadowRoot;
      if (activeElement === null || activeElement === current.ownerDocument.body) {
        current.focus({ preventScroll: true });
      }
    });
    return () => cancelAnimationFrame(frame);
  }, [element, nodes, edges]);

  return useMemo(
    () => ({
      onFocus({ target, currentTarget }) {
        last.current = target;
        const byPointer = !target.matches(':focus-visible');
        if (target === currentTarget) currentTarget.dataset.pointed = String(byPointer);
        else if (byPointer && target.matches('.react-flow__node, .react-flow__edge')) {
          currentTarget.focus({ preventScroll: true });
        }
      },
      onBlur({ target, relatedTarget }) {
        const forget = () => {
          if (last.current === target) last.current = undefined;
        };
        if (relatedTarget !== null) forget();
        // Some browsers also blur what is being removed: then it is gone a moment later.
        else queueMicrotask(() => target.isConnected && forget());
      },
      onPointerDown() {
        // The canvas may have had the focus before, and then no event tells of the pointer.
        if (element.current !== null) element.current.dataset.pointed = 'true';
      },
    }),
    [element],
  );
}
