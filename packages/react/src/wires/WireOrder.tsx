import { type EdgeId, graphIndex, type InputPort, type NodeId } from '@loom/graph';
import { ArrowDown, ArrowUp, GripVertical } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useCallback, useState } from 'react';
import { useEditor } from '../editor/context.js';
import { useLoom } from '../hooks/useLoom.js';
import { useMessages } from '../messages/messages.js';
import { wireEndText } from '../ports/wire-end.js';
import type { LoomState } from '../store/state.js';
import { moveWire, reorderWire } from './reorder.js';

/** Props of {@link WireOrder}. */
export interface WireOrderProps {
  readonly node: NodeId;
  readonly port: InputPort;
  readonly readOnly: boolean;
}

/** The wires into an input that takes several, in their order: dragged to another place, or moved by buttons and keys. */
export function WireOrder({ node, port, readOnly }: WireOrderProps): ReactNode {
  const { commands, store, models } = useEditor();
  const messages = useMessages();
  const place = { node, port: port.id, side: 'target' } as const;
  // Ids in one text: what one selects must be the same as long as it says the same.
  const ids = useLoom(
    useCallback(
      ({ flow }: LoomState) => JSON.stringify(graphIndex(flow.document).incomingTo(node, port.id)),
      [node, port.id],
    ),
  );
  const flow = useLoom((state) => state.flow);
  const [dragged, setDragged] = useState<number>();
  const wires = JSON.parse(ids) as EdgeId[];
  const titleOf = (id: EdgeId) => wireEndText(models(flow), flow.document.edges, messages, id, 'source');
  const onKeyDown = (event: KeyboardEvent, id: EdgeId) => {
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (by === undefined || !event.altKey) return;
    event.preventDefault();
    reorderWire(commands.context, place, id, by);
  };
  return (
    <ol className="loom-wire-order" aria-label={messages.orderLabel(port.title)}>
      {wires.map((id, index) => (
        <li
          key={id}
          draggable={!readOnly}
          data-dragged={dragged === index}
          onDragStart={(event) => {
            event.dataTransfer.effectAllowed = 'move';
            setDragged(index);
          }}
          onDragOver={(event) => {
            if (dragged !== undefined) event.preventDefault();
          }}
          onDrop={(event) => {
            event.preventDefault();
            event.stopPropagation();
            if (dragged !== undefined) moveWire(commands.context, place, dragged, index);
            setDragged(undefined);
          }}
          onDragEnd={() => setDragged(undefined)}
        >
          {readOnly ? null : <GripVertical size={12} aria-hidden="true" />}
          <button
            type="button"
            className="loom-link"
            onKeyDown={(event) => onKeyDown(event, id)}
            onClick={() => store.select({ edges: [id] })}
          >
            {titleOf(id)}
          </button>
          {readOnly ? null : (
            <>
              <button
                type="button"
                className="loom-icon-button"
                aria-label={messages.orderUp(titleOf(id))}
                aria-disabled={index === 0}
                onClick={() => reorderWire(commands.context, place, id, -1)}
              >
                <ArrowUp size={12} aria-hidden="true" />
              </button>
              <button
                type="button"
                className="loom-icon-button"
                aria-label={messages.orderDown(titleOf(id))}
                aria-disabled={index === wires.length - 1}
                onClick={() => reorderWire(commands.context, place, id, 1)}
              >
                <ArrowDown size={12} aria-hidden="true" />
              </button>
            </>
          )}
        </li>
      ))}
    </ol>
  );
}
