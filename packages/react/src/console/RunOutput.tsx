import { type ReactNode, useMemo, useState } from 'react';
import { useShowNode } from '../editor/useShowNode.js';
import { useLoomStore } from '../hooks/context.js';
import { useLoom } from '../hooks/useLoom.js';
import { useMessages } from '../messages/messages.js';
import { pastRun } from '../store/shown-results.js';
import { OutputLog } from './OutputLog.js';

/** What the nodes of a flow print, all or those that are selected. */
export function RunOutput(): ReactNode {
  const store = useLoomStore();
  const messages = useMessages();
  const show = useShowNode();
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
    <OutputLog entries={shown} onSelectNode={show} onClear={store.clearLog}>
      <label className="loom-log-narrow">
        <input type="checkbox" checked={isNarrowed} onChange={({ target }) => setNarrowed(target.checked)} />
        {messages.logOfSelection}
      </label>
    </OutputLog>
  );
}
