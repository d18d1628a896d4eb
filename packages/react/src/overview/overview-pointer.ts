import type { Position } from '@loom/graph';
import type { ScreenPoint } from '../canvas/canvas-control.js';
import { commitDrag, commitMove, type Movable, moveBy, movedWithFrame, showMove } from '../canvas/node-drag.js';
import { roundPosition } from '../commands/add-node.js';
import type { EditorContextValue } from '../editor/context.js';
import type { SceneHit } from './scene-hit.js';

/** In pixels: a click that trembles is no drag. */
const THRESHOLD = 3;

/** What the pointer works on. */
export interface OverviewPointerOptions {
  /** The canvas with everything on it. */
  readonly section: HTMLElement;
  readonly editor: EditorContextValue;
  hitAt(point: ScreenPoint): SceneHit | undefined;
  /** Told what one points at, at most once a frame; undefined for nothing. */
  onPoint(hit: SceneHit | undefined, event: PointerEvent): void;
}

interface Gesture {
  readonly hit: SceneHit;
  readonly start: ScreenPoint;
  readonly from: Position;
  readonly pointer: number;
  /** What moves; undefined until the pointer has gone far enough. */
  moved: Movable | undefined;
}

/**
 * Lets one select, move and point at what is only a picture. What begins on nothing is left to the canvas library. Returns
 * what ends it.
 */
export function watchOverviewPointer({ section, editor, hitAt, onPoint }: OverviewPointerOptions): () => void {
  const { store, canvas } = editor;
  const page = section.ownerDocument.defaultView ?? window;
  let gesture: Gesture | undefined;
  // The events that follow a press on something must not reach the library: it would move the view.
  let isOurs = false;
  let frame: number | undefined;

  const pointOf = ({ clientX, clientY }: MouseEvent): ScreenPoint => ({ x: clientX, y: clientY });

  function select(hit: SceneHit, event: PointerEvent): void {
    const { selection } = store.getState().session;
    const adds = event.shiftKey || event.ctrlKey || event.metaKey;
    if (hit.kind === 'node') {
      if (adds) store.changeSelection([[hit.id, !selection.nodes.has(hit.id)]]);
      else store.select({ nodes: [hit.id] });
    } else if (hit.kind === 'wire') {
      if (adds) store.changeSelection([], [[hit.id, !selection.edges.has(hit.id)]]);
      else store.select({ edges: [hit.id] });
    } else if (adds) store.changeSelection([], [], [[hit.id, !selection.frames.has(hit.id)]]);
    else store.select({ frames: [hit.id] });
  }

  function begin(event: PointerEvent): void {
    isOurs = false;
    if (!isPane(event.target) || event.button !== 0 || !event.isPrimary || section.dataset.panning === 'true') return;
    if (store.getState().session.tool !== undefined) return;
    const hit = hitAt(pointOf(event));
    if (hit === undefined) return;
    isOurs = true;
    const start = pointOf(event);
    gesture = { hit, start, from: canvas.placeOf(start).at, pointer: event.pointerId, moved: undefined };
    page.addEventListener('pointermove', move);
    page.addEventListener('pointerup', end);
    page.addEventListener('pointercancel', cancel);
  }

  /** What moves with what was pressed. */
  function grip({ hit }: Gesture): Movable | undefined {
    if (store.getState().flow.readOnly || hit.kind === 'wire') return undefined;
    if (hit.kind === 'frame') return movedWithFrame(editor, hit.id);
    if (!store.getState().session.selection.nodes.has(hit.id)) store.select({ nodes: [hit.id] });
    return store.getState().session.selection;
  }

  function distance({ from }: Gesture, event: PointerEvent): Position {
    const { at } = canvas.placeOf(pointOf(event));
    return { x: at.x - from.x, y: at.y - from.y };
  }

  function move(event: PointerEvent): void {
    if (gesture === undefined || event.pointerId !== gesture.pointer) return;
    canvas.setPointer(pointOf(event), event.altKey);
    if (gesture.moved === undefined) {
      const { start } = gesture;
      if (Math.hypot(event.clientX - start.x, event.clientY - start.y) < THRESHOLD) return;
      gesture.moved = grip(gesture);
    }
    const { moved } = gesture;
    if (moved === undefined) return;
    showMove(editor, moveBy(editor, moved, distance(gesture, event)), [...moved.nodes]);
  }

  function end(event: PointerEvent): void {
    if (gesture === undefined || event.pointerId !== gesture.pointer) return;
    const done = gesture;
    release();
    if (done.moved === undefined) {
      const { start } = done;
      if (Math.hypot(event.clientX - start.x, event.clientY - start.y) < THRESHOLD) select(done.hit, event);
      return;
    }
    const { nodes, frames } = moveBy(editor, done.moved, distance(done, event));
    if (frames.size > 0) commitMove(editor, { nodes, frames });
    else commitDrag(editor, Object.fromEntries([...nodes].map(([id, at]) => [id, roundPosition(at)])));
  }

  function cancel(): void {
    if (gesture?.moved !== undefined) store.setDrag(undefined);
    release();
  }

  function release(): void {
    gesture = undefined;
    page.removeEventListener('pointermove', move);
    page.removeEventListener('pointerup', end);
    page.removeEventListener('pointercancel', cancel);
  }

  function point(event: PointerEvent): void {
    if (gesture !== undefined || event.buttons !== 0 || frame !== undefined) return;
    frame = page.requestAnimationFrame(() => {
      frame = undefined;
      onPoint(isPane(event.target) ? hitAt(pointOf(event)) : undefined, event);
    });
  }

  function leave(event: PointerEvent): void {
    if (frame !== undefined) page.cancelAnimationFrame(frame);
    frame = undefined;
    onPoint(undefined, event);
  }

  function keep(event: Event): void {
    if (isOurs && isPane(event.target)) event.stopPropagation();
  }

  const early = { capture: true };
  section.addEventListener('pointerdown', begin, early);
  section.addEventListener('pointermove', point);
  section.addEventListener('pointerleave', leave);
  for (const name of ['mousedown', 'touchstart', 'click']) section.addEventListener(name, keep, early);
  return () => {
    cancel();
    if (frame !== undefined) page.cancelAnimationFrame(frame);
    section.removeEventListener('pointerdown', begin, early);
    section.removeEventListener('pointermove', point);
    section.removeEventListener('pointerleave', leave);
    for (const name of ['mousedown', 'touchstart', 'click']) section.removeEventListener(name, keep, early);
  };
}

/** What one points at is the pane: everything else on the canvas takes its own events. */
function isPane(target: EventTarget | null): boolean {
  return target instanceof Element && target.classList.contains('react-flow__pane');
}
