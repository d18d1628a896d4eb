import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react';

/** `useLayoutEffect` where there is a page; on a server, where it would only warn, the one that does nothing. */
export const useIsomorphicLayoutEffect = typeof window === 'undefined' ? useEffect : useLayoutEffect;

/** The newest value for callbacks that never change themselves. Read it in events, not while rendering. */
export function useLatest<T>(value: T): RefObject<T> {
  const ref = useRef(value);
  useIsomorphicLayoutEffect(() => {
    ref.current = value;
  });
  return ref;
}
