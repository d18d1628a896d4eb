import { type RefObject, useRef, useState } from 'react';
import { useIsomorphicLayoutEffect } from '../hooks/useLatest.js';
import type { LoomStore } from '../store/loom-store.js';

/** From these widths of the editor on, in pixels, a panel leaves the canvas enough room. `panels.css` knows the first. */
const ROOM = { library: 864, inspector: 1184 } as const;
const PANELS = ['library', 'inspector'] as const;

/**
 * Closes the panels at the sides where they would leave too little of the canvas, and opens them again when there is
 * room. What someone opened or closed stays as they left it. The canvas, which looks first at what fits into it, waits until
 * the editor is arranged.
 */
export function usePanelRoom(store: LoomStore): {
  readonly root: RefObject<HTMLElement | null>;
  readonly isArranged: boolean;
} {
  const element = useRef<HTMLElement>(null);
  const [isArranged, setArranged] = useState(false);
  useIsomorphicLayoutEffect(() => {
    const root = element.current;
    if (root === null) return undefined;
    const given = { library: true, inspector: true };
    const fit = () => {
      const width = root.clientWidth;
      if (width === 0) return;
      for (const panel of PANELS) {
        const open = width >= ROOM[panel];
        const isChosen = store.getState().session.panels[panel].open !== given[panel];
        // Nobody loses the field that they write in.
        if (isChosen || open === given[panel] || root.querySelector(`.loom-panel-${panel}:focus-within`)) continue;
        given[panel] = open;
        store.setPanel(panel, { open });
      }
    };
    fit();
    setArranged(true);
    const observer = new ResizeObserver(fit);
    observer.observe(root);
    return () => observer.disconnect();
  }, [store]);
  return { root: element, isArranged };
}
