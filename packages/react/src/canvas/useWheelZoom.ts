import { type RefObject, useEffect, useState } from 'react';

/**
 * Whether the wheel zooms. In a page that scrolls, an editor that one only scrolls past must not hold the page: there
 * it zooms while the focus is inside, and with Ctrl or a pinch always.
 */
export function useWheelZoom(element: RefObject<HTMLElement | null>): boolean {
  const [zooms, setZooms] = useState(true);
  useEffect(() => {
    const { current } = element;
    if (current === null) return undefined;
    const decide = () => setZooms(!pageScrolls(current) || holdsFocus(current));
    const later = () => queueMicrotask(decide);
    current.addEventListener('pointerenter', decide);
    current.addEventListener('focusin', later);
    current.addEventListener('focusout', later);
    return () => {
      current.removeEventListener('pointerenter', decide);
      current.removeEventListener('focusin', later);
      current.removeEventListener('focusout', later);
    };
  }, [element]);
  return zooms;
}

function pageScrolls(element: HTMLElement): boolean {
  const { scrollHeight, clientHeight } = element.ownerDocument.documentElement;
  return scrollHeight > clientHeight + 1;
}

function holdsFocus(element: HTMLElement): boolean {
  const root = element.getRootNode() as Document | ShadowRoot;
  return element.contains(root.activeElement);
}
