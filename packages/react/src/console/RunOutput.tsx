import { type ReactNode, useMemo, useState } from 'react';
import { useShowNode } from '../editor/useShowNode.js';
import { useLoomStore } from '../hooks/context.js';
import { useLoom } from '../hooks/useLoom.js';
import { useMessages } from '../messages/messages.js';
import { OutputLog } from './OutputLog.js';

/** What the nodes of a flow print, all or those that are selected. */
export function RunOutput(): ReactNode {
  const store = useLoomStore();
  const messages = useMessages();
  const show = useShowNode();
  const records = useLoom((state) => state.runs.log.records);
  const selected = useLoom((state) => state.session.selection.nodes);
  const [isNarrowed, setNarrowed] = useState(false);
  const shown = useMemo(
    () => (isNarrowed ? records.filter(({ node }) => selected.has(node)) : records),
    [records, selected, isNarrowed],
  );
  return (
    <div className="loom-output">
      <label className="loom-log-narrow">
        <input type="checkbox" checked={isNarrowed} onChange={({ target }) => setNarrowed(target.checked)} />
        {messages.logOfSelection}
      </label>
      <OutputLog entries={shown} onSelectNode={show} onClear={store.clearLog} />
    </div>
  );
}
