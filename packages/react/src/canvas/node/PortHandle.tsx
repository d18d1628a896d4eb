import { describePortType, type EdgeId, graphIndex, type NodeId, type PortId, type PortType } from '@loom/graph';
import { Handle, Position } from '@xyflow/react';
import { type CSSProperties, type MouseEvent, memo, type ReactNode } from 'react';
import { useEditor } from '../../editor/context.js';
import { useMessages } from '../../messages/messages.js';
import { portLook } from '../../styles/port-look.js';
import { useConnectionCheck } from '../useConnectionCheck.js';

/** Props of {@link PortHandle}. */
export interface PortHandleProps {
  readonly node: NodeId;
  readonly port: { readonly id: PortId; readonly title: string; readonly type: PortType; readonly help?: string };
  /** What one wire here carries: of an input that takes several, the items. */
  readonly type: PortType;
  readonly side: 'source' | 'target';
  /** The type of the node does not have this port any more, and a wire still ends here. */
  readonly gone?: boolean;
  readonly connected: boolean;
  readonly connectable: boolean;
}

/** The drawn port: colour and shape say the type, the title says it in words. */
export const PortHandle = memo(function PortHandle(props: PortHandleProps): ReactNode {
  const { node, port, type, side, gone = false, connected, connectable } = props;
  const { store } = useEditor();
  const messages = useMessages();
  const check = useConnectionCheck();
  const look = portLook(port.type);
  const fit = check === undefined ? undefined : check.fits(node, port.id, side, type) ? 'yes' : 'no';
  const title = gone ? messages.portGone(port.title) : messages.portHelp(port.title, describePortType(port.type));
  return (
    <Handle
      type={side}
      id={port.id}
      position={side === 'source' ? Position.Right : Position.Left}
      isConnectable={connectable}
      className="loom-handle"
      data-shape={look.shape}
      data-connected={connected}
      data-gone={gone}
      data-fit={fit}
      style={{ '--loom-port-color': look.color } as CSSProperties}
      onMouseDownCapture={(event) => {
        if (side === 'target' && connected && connectable)
          gripWire(event, graphIndex(store.getState().flow.document).incomingTo(node, port.id));
      }}
      title={port.help === undefined ? title : `${title}\n${port.help}`}
    >
      <span className="loom-port" aria-hidden="true" />
    </Handle>
  );
});

/** Who drags from an input that is taken moves its wire. Of several wires nobody knows which: a new one begins there. */
function gripWire(event: MouseEvent, wires: readonly EdgeId[]): void {
  const [wire] = wires;
  if (event.button !== 0 || wire === undefined || wires.length > 1) return;
  const end = event.currentTarget
    .closest('.react-flow__viewport')
    ?.querySelector(`.react-flow__edge[data-id="${CSS.escape(wire)}"] .react-flow__edgeupdater-target`);
  if (!end) return;
  event.stopPropagation();
  const { clientX, clientY } = event;
  // The end of the wire lies beside the port, and below it.
  end.dispatchEvent(
    new window.MouseEvent('mousedown', { bubbles: true, cancelable: true, view: window, clientX, clientY }),
  );
}
