import { type KeyboardEvent, type PointerEvent, type ReactNode, useRef } from 'react';
import { useLoom } from '../hooks/useLoom.js';
import { useMessages } from '../messages/messages.js';
import type { Panels } from '../store/session.js';
import { useEditor } from './context.js';

/** Bounds of a panel's size, in pixels. */
const LIMITS: Readonly<Record<keyof Panels, readonly [number, number]>> = {
  library: [160, 480],
  outline: [220, 720],
  inspector: [240, 720],
  bottom: [96, 600],
};
const KEY_STEP = 16;

/** The edge of a panel: drag it, or use the arrow keys. */
export function ResizeHandle({ panel }: { readonly panel: keyof Panels }): ReactNode {
  const { store } = useEditor();
  const messages = useMessages();
  const size = useLoom((state) => state.session.panels[panel].size);
  const start = useRef<{ at: number; size: number } | undefined>(undefined);
  const vertical = panel !== 'bottom';
  const [min, max] = LIMITS[panel];
  // Those at the start grow with the text; the others grow towards the canvas, against it. The bottom knows no direction.
  const atStart = panel === 'library' || panel === 'outline';
  const growth = (edge: Element) => (atStart !== (vertical && getComputedStyle(edge).direction === 'rtl') ? 1 : -1);
  const setSize = (next: number) => store.setPanel(panel, { size: Math.round(Math.min(max, Math.max(min, next))) });
  const at = (event: PointerEvent) => (vertical ? event.clientX : event.clientY);

  function onKeyDown(event: KeyboardEvent) {
    const [less, more] = vertical ? ['ArrowLeft', 'ArrowRight'] : ['ArrowUp', 'ArrowDown'];
    if (event.key !== less && event.key !== more) return;
    event.preventDefault();
    setSize(size + (event.key === more ? KEY_STEP : -KEY_STEP) * growth(event.currentTarget));
  }

  return (
    // biome-ignore lint/a11y/useSemanticElements: a movable separator is no <hr>
    <div
      className="loom-resize"
      role="separator"
      tabIndex={0}
      aria-label={messages.resizePanel}
      aria-orientation={vertical ? 'vertical' : 'horizontal'}
      aria-valuenow={size}
      aria-valuemin={min}
      aria-valuemax={max}
      data-panel={panel}
      onKeyDown={onKeyDown}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        start.current = { at: at(event), size };
      }}
      onPointerMove={(event) => {
        const { current } = start;
        if (current !== undefined) setSize(current.size + (at(event) - current.at) * growth(event.currentTarget));
      }}
      onLostPointerCapture={() => {
        start.current = undefined;
      }}
    />
  );
}
