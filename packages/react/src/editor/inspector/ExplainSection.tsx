import type { NodeId } from '@loom/graph';
import { type ReactNode, useCallback, useDeferredValue, useState } from 'react';
import { useLoom } from '../../hooks/useLoom.js';
import { useMessages } from '../../messages/messages.js';
import { type ExplanationText, explainText, pastExplainText } from '../../run/explain-text.js';
import { pastCauses } from '../../run/past-causes.js';
import { nodeTitle } from '../../store/loom-store.js';
import type { KeptRun } from '../../store/run-archive.js';
import { pastRun } from '../../store/shown-results.js';
import type { LoomState } from '../../store/state.js';
import { useEditor } from '../context.js';

/** What the next run of changes would do with a node, and what the last one did, and why: asked for by opening it. */
export function ExplainSection({ id }: { readonly id: NodeId }): ReactNode {
  const messages = useMessages();
  const runnable = useLoom((state) => state.runs.runnable);
  const isPast = useLoom((state) => pastRun(state) !== undefined);
  const kept = useLoom(useCallback((state: LoomState) => pastRun(state) ?? lastRunOf(state, id), [id]));
  const isInside = useLoom((state) => state.session.path.length > 0);
  // A run knows instances, not what is in them.
  if (!runnable || isInside) return null;
  return (
    <>
      {kept?.nodes === undefined ? null : (
        <Why question={messages.pastExplain}>
          <ExplainedPast id={id} kept={kept} />
        </Why>
      )}
      {isPast ? null : (
        <Why question={messages.explain}>
          <Explained id={id} />
        </Why>
      )}
    </>
  );
}

/** The run that left what the node shows, as long as it is kept. */
function lastRunOf({ runs }: LoomState, id: NodeId): KeptRun | undefined {
  return runs.kept.get(runs.run.nodes.get(id)?.runId ?? '');
}

/** A question whose answer is looked for when it is opened. */
function Why({ question, children }: { readonly question: string; readonly children: ReactNode }): ReactNode {
  const [isOpen, setOpen] = useState(false);
  return (
    <details className="loom-explain" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{question}</summary>
      {isOpen ? children : null}
    </details>
  );
}

function ExplainedPast({ id, kept }: { readonly id: NodeId; readonly kept: KeptRun }): ReactNode {
  const messages = useMessages();
  const runs = useLoom((state) => state.runs.kept);
  const text = pastExplainText(pastCauses(kept, runs, id), messages, (node) => nodeTitle(kept, node));
  return <Answer text={text} />;
}

function Answer({ text: { what, causes } }: { readonly text: ExplanationText }): ReactNode {
  return (
    <>
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
  return (
    <>
      {explanation.node === id ? null : <p>{messages.explainIn(nodeTitle(flow, explanation.node))}</p>}
      <Answer text={explainText(explanation, messages, (node) => nodeTitle(flow, node))} />
    </>
  );
}
