import { type ConnectionState, useConnection } from '@xyflow/react';
import { type ReactNode, useEffect } from 'react';
import { useEditor } from '../editor/context.js';
import { useConnectionCheck } from './useConnectionCheck.js';

const pointed = (connection: ConnectionState) =>
  connection.inProgress && connection.toHandle !== null
    ? `${connection.toHandle.nodeId}\n${connection.toHandle.id ?? ''}\n${connection.toHandle.type}`
    : '';

/** Its greatest width and its distance from the pointer, in pixels: near the right edge it would be cut. */
const ROOM = 300;

/** Why the port under the pointer does not take the wire: beside the pointer, and in the live region. */
export function ConnectHint(): ReactNode {
  const { store } = useEditor();
  const check = useConnectionCheck();
  const target = useConnection(pointed);
  const x = useConnection((connection) => (connection.inProgress ? connection.pointer.x : 0));
  const y = useConnection((connection) => (connection.inProgress ? connection.pointer.y : 0));
  const reason = refusal(check, target);
  useEffect(() => {
    if (reason !== undefined) store.announce(reason);
  }, [store, reason]);
  if (reason === undefined) return null;
  return (
    <div
      className="loom-connect-hint"
      style={{ left: `clamp(-12px, ${x}px, 100% - ${ROOM}px)`, top: y }}
      aria-hidden="true"
    >
      {reason}
    </div>
  );
}

function refusal(check: ReturnType<typeof useConnectionCheck>, target: string): string | undefined {
  const [node, port, side] = target.split('\n');
  if (check === undefined || node === undefined || port === undefined || side === undefined) return undefined;
  if (side === check.connecting.side) return undefined;
  const answer = check.check(node, port);
  return answer.ok ? undefined : answer.reason;
}
