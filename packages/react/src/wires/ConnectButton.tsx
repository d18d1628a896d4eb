import { Cable } from 'lucide-react';
import type { ReactNode } from 'react';
import { useEditor } from '../editor/context.js';
import { useMessages } from '../messages/messages.js';
import type { Connecting } from '../store/session.js';

/** Props of {@link ConnectButton}. */
export interface ConnectButtonProps {
  readonly from: Connecting;
  readonly title: string;
  readonly readOnly: boolean;
}

/** Draws a wire without a drag: one picks the other end from those that fit. */
export function ConnectButton({ from, title, readOnly }: ConnectButtonProps): ReactNode {
  const { store } = useEditor();
  const messages = useMessages();
  if (readOnly) return null;
  return (
    <button
      type="button"
      className="loom-icon-button"
      aria-label={messages.connectTo(title)}
      title={messages.connectTo(title)}
      onClick={() => store.setPalette(from)}
    >
      <Cable size={12} aria-hidden="true" />
    </button>
  );
}
