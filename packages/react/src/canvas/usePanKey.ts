import { type RefObject, useEffect } from 'react';

/**
 * While Space is held the pointer goes through nodes and wires to the pane, so that a drag pans wherever it begins.
 * Only while the canvas itself has the focus: Space belongs to buttons and to text first.
 */
export function usePanKey(element: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const { current } = element;
    const view = current?.ownerDocument.defaultView;
    if (current === null || !view) return undefined;
    const set = (isPanning: boolean) => {
      if (isPanning) current.dataset.panning = 'true';
      else delete current.dataset.panning;
    };
    const down = (event: KeyboardEvent) => {
      if (event.key !== ' ' || event.target !== current) return;
      if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
      // The page must not scroll.
      event.preventDefault();
      set(true);
    };
    const up = (event: KeyboardEvent) => event.key === ' ' && set(false);
    const leave = () => set(false);
    current.addEventListener('keydown', down);
    view.addEventListener('keyup', up);
    view.addEventListener('blur', leave);
    return () => {
      set(false);
      current.removeEventListener('keydown', down);
      view.removeEventListener('keyup', up);
      view.removeEventListener('blur', leave);
    };
  }, [element]);
}
