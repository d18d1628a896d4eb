import { Workflow } from 'lucide-react';
import type { ReactNode } from 'react';
import { useLoom } from '../hooks/useLoom.js';
import { useMessages } from '../messages/messages.js';
import { CommandButton } from './CommandButton.js';

/** What an empty canvas says: how to begin. */
export function EmptyHint(): ReactNode {
  const messages = useMessages();
  const readOnly = useLoom((state) => state.flow.readOnly);
  return (
    <div className="loom-empty">
      <Workflow size={28} aria-hidden="true" />
      <p className="loom-empty-title">{messages.emptyTitle}</p>
      <p>{readOnly ? messages.emptyReadOnly : messages.emptyHint}</p>
      {readOnly ? null : (
        <div className="loom-empty-buttons">
          <CommandButton command="node.add" className="loom-button loom-button-outline">
            {messages.addNode}
          </CommandButton>
          <CommandButton command="node.newPython" className="loom-button loom-button-outline">
            {messages.newPython}
          </CommandButton>
          <CommandButton command="file.open" className="loom-button loom-button-outline">
            {messages.openFile}
          </CommandButton>
        </div>
      )}
    </div>
  );
}
