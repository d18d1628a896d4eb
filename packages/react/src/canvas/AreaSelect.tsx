import type { Position } from '@loom/graph';
import type { Node as DrawnNode } from '@xyflow/react';
import { type ReactNode, type RefObject, useLayoutEffect, useRef } from 'react';
import { useEditor } from '../editor/context.js';
import { useLatest } from '../hooks/useLatest.js';
import { useMessages } from '../messages/messages.js';
import type { Selection } from '../store/selection.js';
import type { LoomState } from '../store/state.js';
import { type Area, areaContents } from './area-contents.js';
import type { ScreenPoint } from './canvas-control.js';

/** In pixels: a click that trembles selects nothing. */
const THRESHOLD = 4;
/** In pixels: a freehand line needs no more points than this asks for. */
const LASSO_STEP = 3;

/** Props of {@link AreaSelect}. */
export interface AreaSelectProps {
  readonly element: RefObject<HTMLElement | null>;
  readonly drawNodes: (state: LoomState) => DrawnNode[];
}

interface Gesture {
  readonly kind: Area['kind'];
  readonly pointer: number;
  readonly path: ScreenPoint[];
  readonly before: Selection;
}

/**
 * Selects what one draws a rectangle or a freehand line around: with Shift, and with Alt too for the line, or with a tool
 * that was taken before. It works in the same way on nodes of the page and on the picture that stands for them.
 */
export function AreaSelect({ element, drawNodes }: AreaSelectProps): ReactNode {
  const { store, canvas } = useEditor();
  const messages = useLatest(useMessages());
  const outline = useRef<SVGPathElement>(null);

  // At once: who has seen it may press.
  useLayoutEffect(() => {
    const section = element.current;
    if (section === null) return undefined;
    const page = section.ownerDocument.defaultView ?? window;
    let gesture: Gesture | undefined;
    // The events that follow must not reach the library: it would move the view, or take the selection away.
    let isOurs = false;
    let frame: number | undefined;

    const pointOf = ({ clientX, clientY }: MouseEvent): ScreenPoint => ({ x: clientX, y: clientY });
    const toFlow = (point: ScreenPoint): Position => canvas.placeOf(point).at;

    function begin(event: PointerEvent): void {
      isOurs = false;
      const { tool, selection } = store.getState().session;
      if (!isPane(event.target) || event.button !== 0 || !event.isPrimary) return;
      const kind = tool ?? (event.shiftKey ? (event.altKey ? 'lasso' : 'box') : undefined);
      if (kind === undefined) return;
      // What is small enough to be a picture is pressed there.
      if (tool === undefined && canvas.pictured(pointOf(event)) !== undefined) return;
      isOurs = true;
      gesture = { kind, pointer: event.pointerId, path: [pointOf(event)], before: selection };
      page.addEventListener('pointermove', move);
      page.addEventListener('pointerup', end);
      page.addEventListener('pointercancel', cancel);
      page.addEventListener('keydown', dropTool, { capture: true });
    }

    function move(event: PointerEvent): void {
      if (gesture === undefined || event.pointerId !== gesture.pointer) return;
      const { path, kind } = gesture;
      const [point, last] = [pointOf(event), path.at(-1)];
      if (kind === 'box') path[1] = point;
      else if (last === undefined || Math.hypot(point.x - last.x, point.y - last.y) >= LASSO_STEP) path.push(point);
      frame ??= page.requestAnimationFrame(() => {
        frame = undefined;
        show();
      });
    }

    function areaOf({ kind, path }: Gesture): Area | undefined {
      const [from, to] = [path[0], path.at(-1)];
      if (from === undefined || to === undefined || path.length < 2) return undefined;
      if (kind === 'lasso') return { kind, path: path.map(toFlow) };
      if (Math.hypot(to.x - from.x, to.y - from.y) < THRESHOLD) return undefined;
      const [a, b] = [toFlow(from), toFlow(to)];
      const [x, y] = [Math.min(a.x, b.x), Math.min(a.y, b.y)];
      return { kind, box: { x, y, width: Math.abs(a.x - b.x), height: Math.abs(a.y - b.y) } };
    }

    function show(): void {
      const area = gesture && areaOf(gesture);
      if (gesture === undefined || area === undefined) return;
      const state = store.getState();
      const { edges, frames } = state.flow.document;
      const found = areaContents(area, { nodes: drawNodes(state), edges, frames });
      const { before, path, kind } = gesture;
      store.select({
        nodes: [...before.nodes, ...found.nodes],
        edges: [...before.edges, ...found.edges],
        frames: [...before.frames, ...found.frames],
      });
      outline.current?.setAttribute('d', outlineOf(kind, path, section?.getBoundingClientRect()));
    }

    function end(event: PointerEvent): void {
      if (gesture === undefined || event.pointerId !== gesture.pointer) return;
      show();
      const done = gesture;
      release();
      const { selection } = store.getState().session;
      if (done.path.length < 2) store.clearSelection();
      else store.announce(messages.current.announceSelected(selection.nodes.size + selection.frames.size));
      store.setTool(undefined);
    }

    function cancel(): void {
      if (gesture !== undefined) store.select(gesture.before);
      release();
    }

    function dropTool(event: KeyboardEvent): void {
      if (event.key !== 'Escape') return;
      event.stopPropagation();
      store.setTool(undefined);
      cancel();
    }

    function release(): void {
      gesture = undefined;
      if (frame !== undefined) page.cancelAnimationFrame(frame);
      frame = undefined;
      outline.current?.setAttribute('d', '');
      page.removeEventListener('pointermove', move);
      page.removeEventListener('pointerup', end);
      page.removeEventListener('pointercancel', cancel);
      page.removeEventListener('keydown', dropTool, { capture: true });
    }

    function keep(event: Event): void {
      if (isOurs && isPane(event.target)) event.stopPropagation();
    }

    const early = { capture: true };
    section.addEventListener('pointerdown', begin, early);
    for (const name of ['mousedown', 'touchstart', 'click']) section.addEventListener(name, keep, early);
    return () => {
      release();
      section.removeEventListener('pointerdown', begin, early);
      for (const name of ['mousedown', 'touchstart', 'click']) section.removeEventListener(name, keep, early);
    };
  }, [element, store, canvas, drawNodes, messages]);

  return (
    <svg className="loom-area" aria-hidden="true">
      <path ref={outline} />
    </svg>
  );
}

function isPane(target: EventTarget | null): boolean {
  return target instanceof Element && target.classList.contains('react-flow__pane');
}

function outlineOf(kind: Area['kind'], path: readonly ScreenPoint[], corner: DOMRect | undefined): string {
  const points = path.map(({ x, y }) => ({ x: x - (corner?.left ?? 0), y: y - (corner?.top ?? 0) }));
  const [from, to] = [points[0], points.at(-1)];
  if (from === undefined || to === undefined) return '';
  if (kind === 'box') return `M${from.x},${from.y}H${to.x}V${to.y}H${from.x}Z`;
  return `M${points.map(({ x, y }) => `${x},${y}`).join('L')}Z`;
}
