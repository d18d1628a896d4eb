import type { EdgeId, Position } from '@loom/graph';
import { type KeyboardEvent, memo, type PointerEvent, type ReactNode, useRef } from 'react';
import { useEditor } from '../editor/context.js';
import { useLoom } from '../hooks/useLoom.js';
import { useMessages } from '../messages/messages.js';
import { setWirePoints } from './wire-points.js';

/** How far an arrow key moves a point, in flow units; with Shift four times as far. */
const NUDGE = 4;
const RADIUS = 5;

/** Props of {@link WirePoints}. */
export interface WirePointsProps {
  readonly wire: EdgeId;
  readonly points: readonly Position[];
}

/** The points that a wire is led through: they are dragged, moved by arrow keys, and taken away by Delete or two clicks. */
export const WirePoints = memo(function WirePoints({ wire, points }: WirePointsProps): ReactNode {
  const { store, canvas, commands } = useEditor();
  const messages = useMessages();
  const readOnly = useLoom((state) => state.flow.readOnly);
  const dragged = useRef<number | undefined>(undefined);

  const put = (at: number, point: Position) => points.map((other, index) => (index === at ? point : other));
  const pointOf = ({ clientX, clientY }: PointerEvent) => canvas.placeOf({ x: clientX, y: clientY }).at;
  function remove(at: number): void {
    const left = points.filter((_, index) => index !== at);
    setWirePoints(commands.context, wire, left, messages.wirePointRemove);
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
    else setWirePoints(commands.context, wire, put(at, { x: x + dx * step, y: y + dy * step }), messages.wirePointMove);
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
          dragged.current = at;
        }}
        onPointerMove={(event) => {
          if (dragged.current === at) store.setWireDrag({ wire, points: put(at, pointOf(event)) });
        }}
        onPointerUp={() => {
          const moved = store.getState().session.wireDrag;
          end();
          if (moved?.wire === wire) setWirePoints(commands.context, wire, moved.points, messages.wirePointMove);
        }}
        onPointerCancel={end}
      />
    ),
  );
});
