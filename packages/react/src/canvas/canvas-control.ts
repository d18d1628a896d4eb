import type { NodeId, Position } from '@loom/graph';

/** A point in pixels. */
export interface ScreenPoint {
  readonly x: number;
  readonly y: number;
}

/** What the mounted canvas can do. The canvas library stays behind this. */
export interface CanvasView {
  fitView(nodes?: readonly NodeId[]): void;
  zoomBy(factor: number): void;
  zoomTo(zoom: number): void;
  /** From client coordinates to flow units. */
  toFlow(point: ScreenPoint): Position;
  /** The rectangle of the canvas in client coordinates. */
  bounds(): DOMRect;
  focus(): void;
  /** Drops the wire that is being drawn. */
  cancelConnecting(): void;
}

/** Reaches the canvas from commands, clipboard and handle. Before the canvas is mounted nothing happens. */
export interface CanvasControl
  extends Pick<CanvasView, 'fitView' | 'zoomBy' | 'zoomTo' | 'focus' | 'cancelConnecting'> {
  attach(view: CanvasView): () => void;
  /** Remembers where the pointer is over the canvas, in client coordinates; undefined when it has left. */
  setPointer(point: ScreenPoint | undefined): void;
  /** Where something new should go: at the pointer, else in the middle of what is seen. */
  place(): { readonly at: Position; readonly anchor: ScreenPoint };
  placeOf(point: ScreenPoint): { readonly at: Position; readonly anchor: ScreenPoint };
}

/** Makes the link between an editor and its canvas. */
export function createCanvasControl(): CanvasControl {
  let view: CanvasView | undefined;
  let pointer: ScreenPoint | undefined;

  function placeOf(point: ScreenPoint) {
    if (view === undefined) return { at: { x: 0, y: 0 }, anchor: { x: 0, y: 0 } };
    const bounds = view.bounds();
    return { at: view.toFlow(point), anchor: { x: point.x - bounds.left, y: point.y - bounds.top } };
  }

  return {
    attach(next) {
      view = next;
      return () => {
        if (view === next) view = undefined;
      };
    },
    setPointer(point) {
      pointer = point;
    },
    fitView: (nodes) => view?.fitView(nodes),
    zoomBy: (factor) => view?.zoomBy(factor),
    zoomTo: (zoom) => view?.zoomTo(zoom),
    focus: () => view?.focus(),
    cancelConnecting: () => view?.cancelConnecting(),
    placeOf,
    place() {
      if (pointer !== undefined) return placeOf(pointer);
      const bounds = view?.bounds();
      return placeOf(
        bounds === undefined
          ? { x: 0, y: 0 }
          : { x: bounds.left + bounds.width / 2, y: bounds.top + bounds.height / 3 },
      );
    },
  };
}
