import type { NodeId } from '@loom/graph';
import type { ReactNode } from 'react';
import { useNodeModel } from '../../canvas/node/useNodeModel.js';
import { useLoom } from '../../hooks/useLoom.js';
import { useMessages } from '../../messages/messages.js';
import { CodeTab } from './CodeTab.js';

/** The code of the node that is selected, as a panel of its own. */
export function SelectedCode(): ReactNode {
  const messages = useMessages();
  const only = useLoom(({ session }) =>
    session.selection.nodes.size === 1 ? session.selection.nodes.values().next().value : undefined,
  );
  return (
    <section className="loom-code-part" aria-label={messages.tabCode}>
      {only === undefined ? <p className="loom-empty-text">{messages.codeNothing}</p> : <CodeOf key={only} id={only} />}
    </section>
  );
}

function CodeOf({ id }: { readonly id: NodeId }): ReactNode {
  const messages = useMessages();
  const model = useNodeModel(id);
  const readOnly = useLoom((state) => state.flow.readOnly);
  if (model?.type?.implementation.kind !== 'source') return <p className="loom-empty-text">{messages.codeNone}</p>;
  return <CodeTab model={model} readOnly={readOnly} />;
}
