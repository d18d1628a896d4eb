import { Share2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { useMessages } from '../messages/messages.js';
import { useEditor } from './context.js';

/** Opens the menu of the ways to hand a flow on. */
export function FileMenuButton(): ReactNode {
  const { store } = useEditor();
  const messages = useMessages();
  return (
    <button
      type="button"
      className="loom-icon-button"
      aria-label={messages.shareMore}
      title={messages.shareMore}
      aria-haspopup="menu"
      onClick={({ currentTarget }) => {
        const root = currentTarget.closest('.loom-editor')?.getBoundingClientRect();
        const { left, bottom } = currentTarget.getBoundingClientRect();
        store.setMenu({ name: 'file', at: { x: left - (root?.left ?? 0), y: bottom - (root?.top ?? 0) + 4 } });
      }}
    >
      <Share2 size={15} aria-hidden="true" />
    </button>
  );
}
