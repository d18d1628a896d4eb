import type { EdgeId, NodeId, Position } from '@loom/graph';
import type { Box } from '../layout/box.js';
import type { SceneHit } from '../overview/scene-hit.js';
import type { WirePiece } from '../wires/wire-course.js';
import { containerAt } from '../zones/drop-zone.js';
import type { DropPlace } from '../zones/move.js';

/** A point in pixels. */
export interface ScreenPoint {
  readonly x: number;
  readonly y: number;
}

/** What the mounted canvas can do. The canvas library stays behind this. */
export interface CanvasView {
  fitView(nodes?: readonly NodeId[]): void;
  /** Looks at a rectangle of the flow. */
  fitBox(box: Box): void;
  /** Moves the view as little as it takes to see a rectangle of the flow. */
  reveal(box: Box): void;
  zoomBy(factor: number): void;
  zoomTo(zoom: number): void;
  /** From client coordinates to flow units. */
  toFlow(point: ScreenPoint): Position;
  /** The rectangle of the canvas in client coordinates. */
  bounds(): DOMRect;
  focus(): void;
  /** The wire at a point in client coordinates, also below a node. */
  wireAt(point: ScreenPoint): EdgeId | undefined;
  /** What one sees beside what moves; nothing while it is too small to be read. */
  neighbours(moving: ReadonlySet<NodeId>): { readonly boxes: readonly Box[]; readonly zoom: number };
  /** How a wire runs; undefined when it is not drawn. */
  courseOf(wire: EdgeId): readonly WirePiece[] | undefined;
  /** What the picture of the flow has at a point in client coordinates; undefined while nodes are elements of the page. */
  pictured(point: ScreenPoint): SceneHit | undefined;
  /** What a drop here would need to know: the containers and sizes as they are drawn. */
  dropPlace(): DropPlace;
  /** The rectangle around these nodes as they are drawn; undefined when none of them is. */
  boundsOf(nodes: Iterable<NodeId>): Box | undefined;
  /** Drops the wire that is being drawn. */
  cancelConnecting(): void;
  /** The element of the canvas: colours of the theme hold there. */
  element(): HTMLElement | undefined;
}

/** Reaches the canvas from commands, clipboard and handle. Before the canvas is mounted nothing happens. */
export interface CanvasControl
  extends Pick<
    CanvasView,
    | 'fitView'
    | 'fitBox'
    | 'reveal'
    | 'courseOf'
    | 'neighbours'
    | 'zoomBy'
    | 'zoomTo'
    | 'focus'
    | 'cancelConnecting'
    | 'dropPlace'
    | 'boundsOf'
    | 'element'
  > {
  attach(view: CanvasView): () => void;
  /** Remembers where the pointer is over the canvas, in client coordinates; undefined when it has left. With Alt it is free. */
  setPointer(point: ScreenPoint | undefined, isFree?: boolean): void;
  /** Whether what is dragged snaps to nothing for now. */
  isFree(): boolean;
  /** Where something new should go: at the pointer, else in the middle of what is seen. */
  place(): { readonly at: Position; readonly anchor: ScreenPoint };
  placeOf(point: ScreenPoint): { readonly at: Position; readonly anchor: ScreenPoint };
  /** The innermost container at a point in flow units. */
  containerAt(point: Position): NodeId | undefined;
  wireAt(point: ScreenPoint): EdgeId | undefined;
  pictured(point: ScreenPoint): SceneHit | undefined;
  /** The wire under the pointer. */
  wireAtPointer(): EdgeId | undefined;
}

const NOWHERE: DropPlace = {
  containers: [],
  sizeOf: () => ({ width: 0, height: 0 }),
  headOf: () => 0,
  portOf: () => undefined,
};

/** Makes the link between an editor and its canvas. */
export function createCanvasControl(): CanvasControl {
  let view: CanvasView | undefined;
  let pointer: ScreenPoint | undefined;
  let isFree = false;

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
    setPointer(point, free = false) {
      pointer = point;
      isFree = free;
    },
    isFree: () => isFree,
    neighbours: (moving) => view?.neighbours(moving) ?? { boxes: [], zoom: 1 },
    fitView: (nodes) => view?.fitView(nodes),
    fitBox: (box) => view?.fitBox(box),
    reveal: (box) => view?.reveal(box),
    zoomBy: (factor) => view?.zoomBy(factor),
    zoomTo: (zoom) => view?.zoomTo(zoom),
    focus: () => view?.focus(),
    cancelConnecting: () => view?.cancelConnecting(),
    element: () => view?.element(),
    placeOf,
    wireAt: (point) => view?.wireAt(point),
    courseOf: (wire) => view?.courseOf(wire),
    pictured: (point) => view?.pictured(point),
    wireAtPointer: () => (pointer === undefined ? undefined : view?.wireAt(pointer)),
    dropPlace: () => view?.dropPlace() ?? NOWHERE,
    boundsOf: (nodes) => view?.boundsOf(nodes),
    containerAt: (point) => containerAt((view?.dropPlace() ?? NOWHERE).containers, point),
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
