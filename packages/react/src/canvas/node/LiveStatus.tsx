import type { LiveNodeState } from '@loom/engine';
import { Radio } from 'lucide-react';
import type { ReactNode } from 'react';
import { useMessages } from '../../messages/messages.js';

/** What an event node does while its flow is live. */
export function LiveStatus({ state }: { readonly state: LiveNodeState }): ReactNode {
  const messages = useMessages();
  const failed = state.status === 'error';
  const text = failed ? messages.nodeListenFailed(state.error.message) : messages.nodeListening(state.fired);
  return (
    <span className="loom-node-status" data-status={failed ? 'error' : 'listening'} title={text}>
      {state.fired === 0 ? null : <span className="loom-node-time">{state.fired}×</span>}
      <Radio size={13} aria-hidden="true" />
      <span className="loom-hidden">{text}</span>
    </span>
  );
}
