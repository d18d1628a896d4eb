import type { NodeId, PortId } from '@loom/graph';
import { ArrowUpFromLine } from 'lucide-react';
import type { ReactNode } from 'react';
import { useEditor } from '../editor/context.js';
import { useLoom } from '../hooks/useLoom.js';
import { useMessages } from '../messages/messages.js';
import { type PromotedSide, promotedName, togglePromoted } from './promoted.js';

/** Props of {@link PromoteButton}. */
export interface PromoteButtonProps {
  readonly side: PromotedSide;
  readonly node: NodeId;
  readonly port: PortId;
  readonly title: string;
  readonly readOnly: boolean;
}

/** Shows a port on the outside: of the subgraph that is open, or of the flow, which is then called with it by name. */
export function PromoteButton({ side, node, port, title, readOnly }: PromoteButtonProps): ReactNode {
  const { store } = useEditor();
  const messages = useMessages();
  const promoted = useLoom((state) => state.flow.document[side]);
  const text = side === 'inputs' ? messages.promoteInput(title) : messages.promoteOutput(title);
  return (
    <button
      type="button"
      className="loom-icon-button loom-promote"
      aria-label={text}
      title={text}
      aria-pressed={promotedName(promoted, node, port) !== undefined}
      disabled={readOnly}
      onClick={() => {
        const operation = togglePromoted(store.getState().flow.document, side, node, port);
        const result = store.dispatch([operation], { label: text });
        if (!result.ok) store.notify(result.error.message, 'warning');
      }}
    >
      <ArrowUpFromLine size={12} aria-hidden="true" />
    </button>
  );
}
