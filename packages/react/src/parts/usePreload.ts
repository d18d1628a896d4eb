import { useEffect } from 'react';

/** Browsers without idle callbacks load a moment after the first paint. */
const SOON_MS = 200;

/** Something that can be loaded before it is needed. */
export interface Preloadable {
  preload(): void;
}

/** Loads parts once the page has nothing else to do, so that they are there when someone opens them. */
export function usePreload(parts: readonly Preloadable[]): void {
  useEffect(() => {
    const load = () => {
      for (const part of parts) part.preload();
    };
    if (typeof requestIdleCallback === 'function') {
      const handle = requestIdleCallback(load);
      return () => cancelIdleCallback(handle);
    }
    const timer = setTimeout(load, SOON_MS);
    return () => clearTimeout(timer);
  }, [parts]);
}
