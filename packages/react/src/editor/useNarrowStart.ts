import { type RefObject, useLayoutEffect, useRef } from 'react';
import type { LoomStore } from '../store/loom-store.js';

/** Below this width of the editor, in pixels, panels lie over the canvas. `editor.css` has the same number. */
const NARROW = 760;

/** Below this width both panels would leave less than half of it to the canvas. */
const MEDIUM = 1100;

/** Starts a narrow editor without panels at its sides, and one of medium width without the library: the canvas comes first. */
export function useNarrowStart(store: LoomStore): RefObject<HTMLElement | null> {
  const element = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    const width = element.current?.clientWidth ?? 0;
    if (width === 0 || width >= MEDIUM) return;
    store.setPanel('library', { open: false });
    if (width < NARROW) store.setPanel('inspector', { open: false });
  }, [store]);
  return element;
}
