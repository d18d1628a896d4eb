import type { NodeId } from '@loom/graph';
import { type ReactNode, useDeferredValue, useState } from 'react';
import { useLoom } from '../../hooks/useLoom.js';
import { useMessages } from '../../messages/messages.js';
import { explainText } from '../../run/explain-text.js';
import { nodeTitle } from '../../store/loom-store.js';
import { useEditor } from '../context.js';

/** What the next run of changes would do with a node, and why: asked for by opening it. */
export function ExplainSection({ id }: { readonly id: NodeId }): ReactNode {
  const messages = useMessages();
  const runnable = useLoom((state) => state.runs.runnable);
  const [isOpen, setOpen] = useState(false);
  const isInside = useLoom((state) => state.session.path.length > 0);
  // A run knows instances, not what is in them.
  if (!runnable || isInside) return null;
  return (
    <details className="loom-explain" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{messages.explain}</summary>
      {isOpen ? <Explained id={id} /> : null}
    </details>
  );
}

function Explained({ id }: { readonly id: NodeId }): ReactNode {
  const { store } = useEditor();
  const messages = useMessages();
  // It asks for a plan of the whole flow: typing goes first.
  const flow = useDeferredValue(useLoom((state) => state.flow));
  // A run changes what the next one would do.
  useLoom((state) => state.runs.running);
  const engine = store.engine();
  if (engine === undefined || !Object.hasOwn(flow.document.nodes, id)) return null;
  const explanation = engine.explain(flow.document, id);
  const { what, causes } = explainText(explanation, messages, (node) => nodeTitle(flow, node));
  return (
    <>
      {explanation.node === id ? null : <p>{messages.explainIn(nodeTitle(flow, explanation.node))}</p>}
      <p>{what}</p>
      {causes.length === 0 ? null : (
        <ul>
          {causes.map((cause) => (
            <li key={cause}>{cause}</li>
          ))}
        </ul>
      )}
    </>
  );
}
