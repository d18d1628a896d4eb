import { X } from 'lucide-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { useMessages } from '../messages/messages.js';

/** A view over the whole window. The browser keeps the focus inside, and Escape closes it. */
export function LargeView({
  onClose,
  children,
}: {
  readonly onClose: () => void;
  readonly children: ReactNode;
}): ReactNode {
  const messages = useMessages();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const { current } = dialog;
    if (current?.open === false) current.showModal();
  }, []);
  return (
    <dialog
      ref={dialog}
      className="loom-large nokey"
      aria-label={messages.previewLabel}
      onClose={onClose}
      // The keys of the editor around mean what they mean elsewhere.
      onKeyDown={(event) => event.stopPropagation()}
    >
      <button
        type="button"
        className="loom-icon-button loom-large-close"
        aria-label={messages.previewShrink}
        title={messages.previewShrink}
        onClick={() => dialog.current?.close()}
      >
        <X size={16} aria-hidden="true" />
      </button>
      {children}
    </dialog>
  );
}
