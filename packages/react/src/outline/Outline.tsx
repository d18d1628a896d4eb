import { Cable, CornerDownRight, ListTree, PencilLine, Play, Plus, Trash2, X } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { CommandButton } from '../editor/CommandButton.js';
import { useEditor } from '../editor/context.js';
import { SearchField } from '../editor/SearchField.js';
import { useLoom } from '../hooks/useLoom.js';
import { useMessages } from '../messages/messages.js';
import { OutlineTree } from './OutlineTree.js';

/** The flow as a tree: all that can be done on the canvas can be done here, by keys and without seeing it. */
export function Outline(): ReactNode {
  const { store, canvas } = useEditor();
  const messages = useMessages();
  const readOnly = useLoom((state) => state.flow.readOnly);
  const runnable = useLoom((state) => state.runs.runnable);
  const [query, setQuery] = useState('');
  return (
    <section className="loom-outline" aria-label={messages.outlineLabel}>
      <header className="loom-outline-header">
        <ListTree size={14} aria-hidden="true" />
        <h2>{messages.outlineLabel}</h2>
        <button
          type="button"
          className="loom-icon-button"
          aria-label={messages.closePanel}
          title={messages.closePanel}
          onClick={() => {
            store.setPanel('outline', { open: false });
            canvas.focus();
          }}
        >
          <X size={14} aria-hidden="true" />
        </button>
      </header>
      <div className="loom-outline-tools" role="toolbar" aria-label={messages.outlineTools}>
        {readOnly ? null : (
          <>
            <CommandButton command="node.add" icon={Plus} />
            <CommandButton command="node.connect" icon={Cable} />
            <CommandButton command="node.rename" icon={PencilLine} />
            <CommandButton command="zone.move" icon={CornerDownRight} />
            <CommandButton command="edit.delete" icon={Trash2} />
          </>
        )}
        {runnable ? <CommandButton command="run.selection" icon={Play} /> : null}
        <SearchField label={messages.outlineFilter} query={query} onQuery={setQuery} />
      </div>
      <OutlineTree query={query} />
    </section>
  );
}
