import type { NodeId, PortId, PromotedPort } from '@loom/graph';
import { ArrowUpFromLine } from 'lucide-react';
import type { ReactNode } from 'react';
import { useEditor } from '../editor/context.js';
import { useLoom } from '../hooks/useLoom.js';
import { useMessages } from '../messages/messages.js';

/** Props of {@link PromoteButton}. */
export interface PromoteButtonProps {
  readonly side: 'inputs' | 'outputs';
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
  const name = Object.keys(promoted).find((each) => promoted[each]?.node === node && promoted[each]?.port === port);
  const text = side === 'inputs' ? messages.promoteInput(title) : messages.promoteOutput(title);
  return (
    <button
      type="button"
      className="loom-icon-button loom-promote"
      aria-label={text}
      title={text}
      aria-pressed={name !== undefined}
      disabled={readOnly}
      onClick={() => {
        const next = name === undefined ? withPort(promoted, node, port) : without(promoted, name);
        const result = store.dispatch([{ kind: 'update-flow', changes: { [side]: next } }], { label: text });
        if (!result.ok) store.notify(result.error.message, 'warning');
      }}
    >
      <ArrowUpFromLine size={12} aria-hidden="true" />
    </button>
  );
}

type Promoted = Readonly<Record<string, PromotedPort>>;

function withPort(promoted: Promoted, node: NodeId, port: PortId): Promoted {
  let name = port;
  for (let count = 2; Object.hasOwn(promoted, name); count += 1) name = `${port}_${count}`;
  return { ...promoted, [name]: { node, port } };
}

function without(promoted: Promoted, name: string): Promoted {
  return Object.fromEntries(Object.entries(promoted).filter(([each]) => each !== name));
}
