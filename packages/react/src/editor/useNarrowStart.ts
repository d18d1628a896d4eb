import { type RefObject, useLayoutEffect, useRef } from 'react';
import type { LoomStore } from '../store/loom-store.js';

/** Below this width of the editor, in pixels, panels lie over the canvas. `editor.css` has the same number. */
const NARROW = 760;

/** Starts a narrow editor with the panels at its sides closed, so that there is a canvas to see. */
export function useNarrowStart(store: LoomStore): RefObject<HTMLElement | null> {
  const element = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    const width = element.current?.clientWidth ?? 0;
    if (width === 0 || width >= NARROW) return;
    store.setPanel('library', { open: false });
    store.setPanel('inspector', { open: false });
  }, [store]);
  return element;
}
