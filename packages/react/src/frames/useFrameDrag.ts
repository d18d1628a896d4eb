import type { Position } from '@loom/graph';
import { type PointerEvent, useRef, useState } from 'react';
import { useEditor } from '../editor/context.js';

/** What a drag of a frame does; `by` is how far it has gone, in flow units. */
export interface FrameDrag {
  readonly onMove?: (by: Position) => void;
  readonly onEnd: (by: Position) => void;
  readonly onCancel?: () => void;
  /** It was pressed and let go where it is. */
  readonly onClick?: (event: PointerEvent) => void;
}

/** In pixels: a click that trembles is no drag. */
const THRESHOLD = 3;

/** Follows the pointer from where it is pressed until it is let go. */
export function useFrameDrag({ onMove, onEnd, onCancel, onClick }: FrameDrag): {
  /** How far it has gone; undefined while nothing is dragged. */
  readonly by: Position | undefined;
  readonly handlers: {
    onPointerDown(event: PointerEvent<HTMLElement>): void;
    onPointerMove(event: PointerEvent<HTMLElement>): void;
    onPointerUp(event: PointerEvent<HTMLElement>): void;
    onPointerCancel(): void;
  };
} {
  const { store } = useEditor();
  const start = useRef<{ readonly x: number; readonly y: number } | undefined>(undefined);
  const [by, setBy] = useState<Position>();

  function distance({ clientX, clientY }: PointerEvent): Position | undefined {
    const from = start.current;
    if (from === undefined) return undefined;
    const { zoom } = store.getState().session.viewport;
    if (by === undefined && Math.hypot(clientX - from.x, clientY - from.y) < THRESHOLD) return undefined;
    return { x: (clientX - from.x) / zoom, y: (clientY - from.y) / zoom };
  }

  return {
    by,
    handlers: {
      onPointerDown(event) {
        if (event.button !== 0 || (event.target as Element).closest('button, input, textarea') !== null) return;
        event.stopPropagation();
        event.currentTarget.setPointerCapture(event.pointerId);
        start.current = { x: event.clientX, y: event.clientY };
      },
      onPointerMove(event) {
        const next = distance(event);
        if (next === undefined) return;
        setBy(next);
        onMove?.(next);
      },
      onPointerUp(event) {
        const next = distance(event);
        const wasPressed = start.current !== undefined;
        start.current = undefined;
        setBy(undefined);
        if (next !== undefined) onEnd(next);
        else if (wasPressed) onClick?.(event);
      },
      onPointerCancel() {
        start.current = undefined;
        setBy(undefined);
        onCancel?.();
      },
    },
  };
}
