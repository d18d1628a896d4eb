import { Diff, WandSparkles } from 'lucide-react';
import type { ReactNode } from 'react';
import { useMessages } from '../messages/messages.js';

/** Props of {@link CodeBar}. */
export interface CodeBarProps {
  /** Undefined where nothing formats. */
  readonly onFormat: (() => void) | undefined;
  readonly isFormatting: boolean;
  /** Undefined while there is nothing to compare with. */
  readonly onCompare: (() => void) | undefined;
  readonly isComparing: boolean;
  /** What the last action has to say. */
  readonly note: string | undefined;
}

/** What one can do with a source as a whole, above it. */
export function CodeBar({ onFormat, isFormatting, onCompare, isComparing, note }: CodeBarProps): ReactNode {
  const messages = useMessages();
  return (
    <div className="loom-code-bar">
      {onFormat === undefined ? null : (
        <button
          type="button"
          className="loom-button"
          title={`${messages.formatCode} (Shift+Alt+F)`}
          aria-keyshortcuts="Shift+Alt+F"
          // Not disabled: that would take the focus away from whoever pressed it by key.
          aria-disabled={isFormatting}
          onClick={onFormat}
        >
          <WandSparkles size={13} aria-hidden="true" />
          {messages.formatCode}
        </button>
      )}
      {onCompare === undefined ? null : (
        <button type="button" className="loom-button" aria-pressed={isComparing} onClick={onCompare}>
          <Diff size={13} aria-hidden="true" />
          {messages.codeCompare}
        </button>
      )}
      <span className="loom-code-bar-note" role="status">
        {note}
      </span>
    </div>
  );
}
