import { type Issue, type NodeId, validate } from '@loom/graph';
import { X } from 'lucide-react';
import { type ReactNode, useCallback, useDeferredValue, useMemo, useState } from 'react';
import { OutputLog } from '../console/OutputLog.js';
import { useLoom } from '../hooks/useLoom.js';
import { useMessages } from '../messages/messages.js';
import { pastRun } from '../store/shown-results.js';
import { rootStore } from '../subgraph/opened-store.js';
import { Timeline } from '../timeline/Timeline.js';
import { useEditor } from './context.js';
import { IssueList } from './IssueList.js';

/** Below the canvas: what nodes print, and what is wrong with the flow as it stands. */
export function BottomPanel(): ReactNode {
  const { store, canvas, id } = useEditor();
  const messages = useMessages();
  const tab = useLoom((state) => state.session.bottomTab);
  const titles = { output: messages.tabOutput, problems: messages.tabProblems, timeline: messages.tabTimeline };
  const show = useCallback(
    (node: NodeId) => {
      store.select({ nodes: [node] });
      canvas.fitView([node]);
    },
    [store, canvas],
  );
  return (
    <section className="loom-bottom" aria-label={messages.bottomLabel}>
      <div className="loom-tabs">
        <div className="loom-tab-list" role="tablist" aria-label={messages.bottomLabel}>
          {(['output', 'problems', 'timeline'] as const).map((name) => (
            <button
              key={name}
              type="button"
              role="tab"
              className="loom-tab"
              aria-selected={tab === name}
              aria-controls={`${id}-tab-${name}`}
              onClick={() => store.setBottomTab(name)}
            >
              {titles[name]}
            </button>
          ))}
        </div>
        <button
          type="button"
          className="loom-icon-button loom-tabs-close"
          aria-label={messages.closePanel}
          title={messages.closePanel}
          onClick={() => store.setPanel('bottom', { open: false })}
        >
          <X size={14} aria-hidden="true" />
        </button>
      </div>
      <div className="loom-tab-panel" role="tabpanel" id={`${id}-tab-${tab}`}>
        {tab === 'output' ? (
          <Output onSelectNode={show} />
        ) : tab === 'problems' ? (
          <Problems onSelectNode={show} />
        ) : (
          <Timeline />
        )}
      </div>
    </section>
  );
}

function Output({ onSelectNode }: { readonly onSelectNode: (id: NodeId) => void }): ReactNode {
  const { store } = useEditor();
  const messages = useMessages();
  const records = useLoom((state) => state.runs.log.records);
  const selected = useLoom((state) => state.session.selection.nodes);
  const past = useLoom((state) => pastRun(state)?.id);
  const [isNarrowed, setNarrowed] = useState(false);
  const shown = useMemo(
    () =>
      records.filter(
        ({ node, runId }) => (!isNarrowed || selected.has(node ?? '')) && (past === undefined || runId === past),
      ),
    [records, selected, isNarrowed, past],
  );
  return (
    <>
      <label className="loom-log-narrow">
        <input type="checkbox" checked={isNarrowed} onChange={({ target }) => setNarrowed(target.checked)} />
        {messages.logOfSelection}
      </label>
      <OutputLog entries={shown} onSelectNode={onSelectNode} onClear={store.clearLog} />
    </>
  );
}

function Problems({ onSelectNode }: { readonly onSelectNode: (id: NodeId) => void }): ReactNode {
  const messages = useMessages();
  const { store } = useEditor();
  // What is wrong anywhere in the flow, also while a subgraph is open.
  const document = useLoom(() => rootStore(store).getState().flow.document);
  const library = useLoom((state) => state.flow.library);
  // Checking a large flow while one types must not hold the typing.
  const settled = useDeferredValue(document);
  const issues = useMemo((): readonly Issue[] => validate(settled, library), [settled, library]);
  if (issues.length === 0) return <p className="loom-empty-text">{messages.noProblems}</p>;
  return <IssueList issues={issues} onSelectNode={onSelectNode} />;
}
