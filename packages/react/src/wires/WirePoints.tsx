import type { EdgeId, Position } from '@loom/graph';
import { type KeyboardEvent, memo, type PointerEvent, type ReactNode, useRef } from 'react';
import { useEditor } from '../editor/context.js';
import { useLoom } from '../hooks/useLoom.js';
import { useMessages } from '../messages/messages.js';
import { joinedAt, pointNear, type WirePointPlace } from './joints.js';
import { setWirePoints, withPointAt } from './wire-points.js';

/** How far an arrow key moves a point, in flow units; with Shift four times as far. */
const NUDGE = 4;
const RADIUS = 5;
/** A point this near to one of another wire is let go on it: the wires run together from then on. In pixels. */
const SNAP = 12;

/** Props of {@link WirePoints}. */
export interface WirePointsProps {
  readonly wire: EdgeId;
  readonly points: readonly Position[];
}

/**
 * The points that a wire is led through: they are dragged, moved by arrow keys, and taken away by Delete or two clicks. One
 * that is let go on a point of another wire joins it, and moves with it until Alt parts them.
 */
export const WirePoints = memo(function WirePoints({ wire, points }: WirePointsProps): ReactNode {
  const { store, canvas, commands } = useEditor();
  const messages = useMessages();
  const readOnly = useLoom((state) => state.flow.readOnly);
  const edges = useLoom((state) => state.flow.document.edges);
  const dragged = useRef<readonly WirePointPlace[] | undefined>(undefined);

  /** The points that go along with this one. With Alt it leaves the other wires. */
  function movedWith(at: number, alone: boolean): readonly WirePointPlace[] {
    const point = points[at] ?? { x: 0, y: 0 };
    const joined = alone ? [] : joinedAt(store.getState().flow.document.edges, point);
    return joined.length === 0 ? [{ wire, at, point }] : joined;
  }
  /** Where a dragged point would be let go: on that of another wire, when it is near. */
  function placeFor(event: PointerEvent, moved: readonly WirePointPlace[]): Position {
    const { flow, session } = store.getState();
    const point = pointOf(event);
    if (event.altKey) return point;
    const wires = new Set(moved.map((each) => each.wire));
    return pointNear(flow.document.edges, point, SNAP / session.viewport.zoom, wires) ?? point;
  }
  const pointOf = ({ clientX, clientY }: PointerEvent) => canvas.placeOf({ x: clientX, y: clientY }).at;
  function remove(at: number): void {
    const left = points.filter((_, index) => index !== at);
    setWirePoints(commands.context, new Map([[wire, left]]), messages.wirePointRemove);
    canvas.focus();
  }
  function end(): void {
    dragged.current = undefined;
    store.setWireDrag(undefined);
  }
  const press = (event: KeyboardEvent, at: number) => {
    const step = event.shiftKey ? 4 * NUDGE : NUDGE;
    const [dx, dy] = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key] ?? [];
    const { x, y } = points[at] ?? { x: 0, y: 0 };
    if (event.key === 'Delete' || event.key === 'Backspace') remove(at);
    else if (dx === undefined || dy === undefined) return;
    else {
      const led = withPointAt(edges, movedWith(at, event.altKey), { x: x + dx * step, y: y + dy * step });
      setWirePoints(commands.context, led, messages.wirePointMove, `wire-point:${wire}:${at}`);
    }
    event.preventDefault();
  };
  return points.map(({ x, y }, at) =>
    readOnly ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: a point is what stands at this place in the list
      <circle key={at} className="loom-wire-point" cx={x} cy={y} r={RADIUS} />
    ) : (
      // biome-ignore lint/a11y/useSemanticElements: a drawing has no buttons of its own
      <circle
        // biome-ignore lint/suspicious/noArrayIndexKey: likewise
        key={at}
        className="loom-wire-point nopan nokey"
        data-joined={joinedAt(edges, { x, y }).length > 1}
        cx={x}
        cy={y}
        r={RADIUS}
        tabIndex={0}
        role="button"
        aria-label={messages.wirePoint(at + 1, points.length)}
        onKeyDown={(event) => press(event, at)}
        onDoubleClick={(event) => {
          event.stopPropagation();
          remove(at);
        }}
        onPointerDown={(event) => {
          if (event.button !== 0) return;
          event.stopPropagation();
          event.currentTarget.setPointerCapture(event.pointerId);
          dragged.current = movedWith(at, event.altKey);
        }}
        onPointerMove={(event) => {
          const { current } = dragged;
          if (current !== undefined) store.setWireDrag(withPointAt(edges, current, placeFor(event, current)));
        }}
        onPointerUp={() => {
          const led = store.getState().session.wireDrag;
          end();
          if (led !== undefined) setWirePoints(commands.context, led, messages.wirePointMove);
        }}
        onPointerCancel={end}
      />
    ),
  );
});
