import { formatPortType, type NodeId, type PortId, type PortType } from '@loom/graph';
import { Handle, Position } from '@xyflow/react';
import { type CSSProperties, memo, type ReactNode } from 'react';
import { useMessages } from '../messages/messages.js';
import { portLook } from '../styles/port-look.js';
import { useConnectionCheck } from './useConnectionCheck.js';

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
  const messages = useMessages();
  const check = useConnectionCheck();
  const look = portLook(port.type);
  const fit = check === undefined ? undefined : check.fits(node, port.id, side, type) ? 'yes' : 'no';
  const title = gone ? messages.portGone(port.title) : messages.portHelp(port.title, formatPortType(port.type));
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
      title={port.help === undefined ? title : `${title}\n${port.help}`}
    >
      <span className="loom-port" aria-hidden="true" />
    </Handle>
  );
});
