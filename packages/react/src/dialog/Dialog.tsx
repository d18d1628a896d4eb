import { X } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef } from 'react';
import { useMessages } from '../messages/messages.js';

/** Props of {@link Dialog}. */
export interface DialogProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly className?: string;
  /** Shows a button that closes beside the title, for dialogs that ask nothing. */
  readonly dismissible?: boolean;
  readonly children: ReactNode;
}

/** A box over the editor that takes all keys until it is closed. The first button in it has the focus. */
export function Dialog({ title, onClose, className, dismissible = false, children }: DialogProps): ReactNode {
  const messages = useMessages();
  const heading = useId();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.querySelector('button')?.focus(), []);

  function onKeyDown(event: KeyboardEvent<HTMLDivElement>): void {
    // Neither commands nor the page around may act while something is asked.
    event.stopPropagation();
    if (event.key === 'Escape') onClose();
    if (event.key === 'Tab') keepFocus(event);
  }

  return (
    <div className="loom-dialog-backdrop">
      <div
        ref={box}
        className={className === undefined ? 'loom-dialog' : `loom-dialog ${className}`}
        role="dialog"
        aria-modal="true"
        aria-labelledby={heading}
        onKeyDown={onKeyDown}
      >
        {dismissible ? (
          <header>
            <h2 id={heading}>{title}</h2>
            <button
              type="button"
              className="loom-icon-button"
              aria-label={messages.dismiss}
              title={messages.dismiss}
              onClick={onClose}
            >
              <X size={14} aria-hidden="true" />
            </button>
          </header>
        ) : (
          <h2 id={heading}>{title}</h2>
        )}
        {children}
      </div>
    </div>
  );
}

const FOCUSABLE = 'button:not(:disabled), a[href], input:not(:disabled), select, textarea, [tabindex="0"]';

/** At either end of the box Tab goes on at the other. */
function keepFocus(event: KeyboardEvent<HTMLDivElement>): void {
  const all = [...event.currentTarget.querySelectorAll<HTMLElement>(FOCUSABLE)];
  const [end, other] = event.shiftKey ? [all.at(0), all.at(-1)] : [all.at(-1), all.at(0)];
  if (event.target !== end) return;
  event.preventDefault();
  other?.focus();
}
