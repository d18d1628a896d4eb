import type { NodeId, PortId } from '@loom/graph';
import type { Connection, Edge, FinalConnectionState, HandleType, ReactFlowProps } from '@xyflow/react';
import { useMemo, useRef } from 'react';
import { loadCommand } from '../commands/load-command.js';
import { useEditor } from '../editor/context.js';
import { type PortPlace, portOf } from '../ports/port-place.js';
import { type Connecting, edgeTo } from '../store/session.js';
import type { ScreenPoint } from './canvas-control.js';
import { createConnectionCheck } from './connection-check.js';

type ConnectProps = Required<
  Pick<
    ReactFlowProps,
    | 'isValidConnection'
    | 'onConnect'
    | 'onConnectStart'
    | 'onConnectEnd'
    | 'onClickConnectStart'
    | 'onClickConnectEnd'
    | 'onReconnect'
    | 'onReconnectStart'
    | 'onReconnectEnd'
  >
>;

/** The callbacks for wires, and the way to drop the one that is being drawn. */
export interface Connect extends ConnectProps {
  cancel(canvas: Element | null): void;
}

/** How far from a port a wire may be let go to end there, in pixels. */
export const CONNECTION_RADIUS = 24;

/** What the canvas library needs to draw, refuse, make and move wires. The callbacks never change. */
export function useConnect(): Connect {
  const editor = useEditor();
  const moved = useRef<{ edge: string; done: boolean } | undefined>(undefined);
  return useMemo(() => {
    const { store, models, canvas, commands } = editor;
    const messages = commands.context.messages;

    let cancelled = false;

    function toEdge({ source, sourceHandle, target, targetHandle }: Connection | Edge) {
      return { source, sourcePort: sourceHandle ?? '', target, targetPort: targetHandle ?? '' };
    }
    function start(node: string | null, port: string | null, type: HandleType | null) {
      if (node === null || type === null) return;
      cancelled = false;
      const replacing = moved.current?.edge;
      store.setConnecting({
        node,
        port: port ?? '',
        side: type,
        ...(replacing === undefined ? {} : { replacing }),
      });
    }
    function check(edge: ReturnType<typeof toEdge>) {
      const { session, flow } = store.getState();
      const connecting = session.connecting ?? { node: edge.source, port: edge.sourcePort, side: 'source' as const };
      return createConnectionCheck(flow, models(flow), connecting).check(
        connecting.side === 'source' ? edge.target : edge.source,
        connecting.side === 'source' ? edge.targetPort : edge.sourcePort,
      );
    }
    // The canvas library asks at each move of the pointer: the last answer is kept.
    let asked: { key: string; ok: boolean } | undefined;
    function isValid(connection: Connection | Edge): boolean {
      const edge = toEdge(connection);
      const key = JSON.stringify([edge, store.getState().session.connecting ?? null]);
      if (asked?.key !== key) asked = { key, ok: check(edge).ok };
      return asked.ok;
    }
    function connect(connection: Connection) {
      if (cancelled) return;
      const result = store.dispatch([{ kind: 'connect', id: store.createId('edge'), edge: toEdge(connection) }], {
        label: messages().changeConnect,
      });
      if (!result.ok) store.notify(result.error.message, 'warning');
    }

    function moveWires(from: PortPlace, to: PortPlace): void {
      loadCommand(commands.context, async () => {
        const module = await import('../commands/later-edits.js');
        return (context) => module.moveWires(context, from, to);
      });
    }

    /** Says why a wire was refused; where its types are the reason, offers what goes in between. */
    function refused(connecting: Connecting, node: NodeId, port: PortId, point: { x: number; y: number }): void {
      const { flow } = store.getState();
      const answer = createConnectionCheck(flow, models(flow), connecting).check(node, port);
      if (answer.ok || answer.code === 'edge/already-connected') return;
      const { replacing } = connecting;
      const wire = { edge: edgeTo(connecting, node, port), reason: answer.reason };
      if (answer.code !== 'edge/type') store.notify(answer.reason, 'warning');
      else {
        const refused = { ...wire, ...(replacing !== undefined && { replacing }) };
        loadCommand(commands.context, async () => {
          const { offerConverters } = await import('../commands/later-edits.js');
          return (context) => offerConverters(context, refused, point);
        });
      }
    }

    return {
      cancel(element) {
        if (store.getState().session.connecting === undefined) return;
        cancelled = true;
        store.setConnecting(undefined);
        // The library ends a drag only when the button is let go.
        element?.getRootNode().dispatchEvent(new MouseEvent('mouseup'));
      },
      isValidConnection: isValid,
      onConnect: connect,
      onConnectStart: (_, { nodeId, handleId, handleType }) => {
        asked = undefined;
        start(nodeId, handleId, handleType);
      },
      onConnectEnd(event, state) {
        const { connecting } = store.getState().session;
        store.setConnecting(undefined);
        if (cancelled || connecting === undefined || store.getState().flow.readOnly) return;
        const other = event.shiftKey ? portNear(canvas.element(), pointOf(event), connecting.side) : undefined;
        if (other?.side === connecting.side && connecting.replacing === undefined) {
          moveWires(connecting, other);
          return;
        }
        if (state.toHandle !== null) {
          const { nodeId, id, type } = state.toHandle;
          if (state.isValid === false && id != null && type !== connecting.side) {
            refused(connecting, nodeId, id, pointOf(event));
          }
          return;
        }
        if (connecting.replacing !== undefined) return;
        if (!isOnPane(event)) return;
        // A loose end on nothing: offer what fits here.
        store.setQuickAdd({ ...canvas.placeOf(pointOf(event)), from: connecting });
      },
      onClickConnectStart: (_, { nodeId, handleId, handleType }) => start(nodeId, handleId, handleType),
      onClickConnectEnd(event) {
        const { connecting } = store.getState().session;
        store.setConnecting(undefined);
        const place = event.target instanceof Element ? portOf(event.target) : undefined;
        if (connecting === undefined || place === undefined || place.node === connecting.node) return;
        const { flow } = store.getState();
        const { node, port, side } = place;
        if (side === connecting.side) {
          if (event.shiftKey) moveWires(connecting, place);
          return;
        }
        // By now a connection that was made is in the document; anything else was refused.
        const edge = edgeTo(connecting, node, port);
        const made = Object.values(flow.document.edges).some(
          (other) =>
            other.source === edge.source &&
            other.sourcePort === edge.sourcePort &&
            other.target === edge.target &&
            other.targetPort === edge.targetPort,
        );
        if (made) return;
        refused(connecting, node, port, pointOf(event));
      },
      onReconnectStart: (_, edge) => {
        moved.current = { edge: edge.id, done: false };
      },
      onReconnect(old, connection) {
        if (cancelled) return;
        if (moved.current !== undefined) moved.current.done = true;
        const next = toEdge(connection);
        const before = toEdge(old);
        if (JSON.stringify(next) === JSON.stringify(before)) return;
        const result = store.dispatch(
          [
            { kind: 'disconnect', ids: [old.id] },
            { kind: 'connect', id: old.id, edge: next },
          ],
          { label: messages().changeReconnect },
        );
        if (!result.ok) store.notify(result.error.message, 'warning');
      },
      onReconnectEnd(event: MouseEvent | TouchEvent, edge: Edge, _: HandleType, state: FinalConnectionState) {
        const { current } = moved;
        moved.current = undefined;
        store.setConnecting(undefined);
        // Dropped on nothing: the wire is gone. Dropped on a port that refuses it: it stays where it was.
        if (!cancelled && current?.done === false && state.toHandle === null && isOnPane(event)) {
          store.dispatch([{ kind: 'disconnect', ids: [edge.id] }], { label: messages().changeDisconnect });
        }
      },
    } satisfies Connect;
  }, [editor]);
}

function isOnPane(event: MouseEvent | TouchEvent): boolean {
  const { x, y } = pointOf(event);
  const element = document.elementFromPoint(x, y);
  return element?.closest('.react-flow__pane') !== null && element?.closest('.react-flow__node') === null;
}

/** The port of a side at a point, told by where ports are: while a wire is drawn, those of its own side do not catch the pointer. */
function portNear(element: Element | undefined, { x, y }: ScreenPoint, side: PortPlace['side']): PortPlace | undefined {
  let nearest: { readonly handle: Element; readonly away: number } | undefined;
  for (const handle of element?.querySelectorAll(`.react-flow__handle.${side}`) ?? []) {
    const { left, top, width, height } = handle.getBoundingClientRect();
    const away = Math.hypot(left + width / 2 - x, top + height / 2 - y);
    if (away <= (nearest?.away ?? CONNECTION_RADIUS)) nearest = { handle, away };
  }
  return nearest && portOf(nearest.handle);
}

function pointOf(event: MouseEvent | TouchEvent): { x: number; y: number } {
  const point = 'changedTouches' in event ? event.changedTouches[0] : event;
  return { x: point?.clientX ?? 0, y: point?.clientY ?? 0 };
}
