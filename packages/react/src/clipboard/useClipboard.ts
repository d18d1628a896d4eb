import { type ClipboardEvent, type KeyboardEvent, useMemo, useRef } from 'react';
import { canEdit } from '../commands/command.js';
import type { CommandSet } from '../commands/command-set.js';
import { matchesKey } from '../commands/keys.js';
import { removeSelection } from '../commands/remove-selection.js';
import { isTextField } from '../editor/text-field.js';
import { copyToClipboard, pasteFromClipboard } from './clipboard-fallback.js';
import { pasteText, selectionAsText } from './fragment.js';

/** The handlers of the root for the clipboard. */
export interface ClipboardHandlers {
  onCopy(event: ClipboardEvent<HTMLElement>): void;
  onCut(event: ClipboardEvent<HTMLElement>): void;
  onPaste(event: ClipboardEvent<HTMLElement>): void;
  onKeyUp(event: KeyboardEvent<HTMLElement>): void;
  /** Notes a key that should bring a clipboard event. */
  noteKey(event: KeyboardEvent<HTMLElement>): void;
}

/**
 * Copies, cuts and pastes by clipboard events, so that it works between editors, tabs and other programs without asking
 * for a permission. Some systems send keys but no events when nothing is marked: then the key does it.
 */
export function useClipboard(commands: CommandSet): ClipboardHandlers {
  const expected = useRef<'copy' | 'cut' | 'paste' | 'paste-wired' | undefined>(undefined);
  return useMemo(() => {
    const { context } = commands;

    function take(event: ClipboardEvent<HTMLElement>, cut: boolean): void {
      expected.current = undefined;
      if (isOthers(event)) return;
      const text = selectionAsText(context);
      if (text === undefined) return;
      event.clipboardData.setData('text/plain', text);
      event.preventDefault();
      if (cut && canEdit(context)) removeSelection(context, context.messages().changeCut);
    }

    return {
      onCopy: (event) => take(event, false),
      onCut: (event) => take(event, true),
      onPaste(event) {
        const keepIncoming = expected.current === 'paste-wired';
        expected.current = undefined;
        if (isTextField(event.target) || !canEdit(context)) return;
        event.preventDefault();
        pasteText(context, event.clipboardData.getData('text/plain'), context.canvas.place().at, keepIncoming);
      },
      noteKey(event) {
        expected.current = undefined;
        if (isTextField(event.target)) return;
        if (matchesKey(event.nativeEvent, 'Mod+C')) expected.current = 'copy';
        else if (matchesKey(event.nativeEvent, 'Mod+X')) expected.current = 'cut';
        else if (matchesKey(event.nativeEvent, 'Mod+V')) expected.current = 'paste';
        else if (matchesKey(event.nativeEvent, 'Mod+Shift+V')) expected.current = 'paste-wired';
      },
      onKeyUp() {
        const missing = expected.current;
        expected.current = undefined;
        if (missing === undefined || hasMarkedText()) return;
        if (missing === 'paste' || missing === 'paste-wired') {
          if (canEdit(context)) pasteFromClipboard(context, missing === 'paste-wired');
        } else {
          copyToClipboard(context, missing === 'cut');
        }
      },
    };
  }, [commands]);
}

/** Text that the reader marked, in the log for instance, is what they want to copy. */
function isOthers(event: ClipboardEvent<HTMLElement>): boolean {
  return isTextField(event.target) || hasMarkedText();
}

function hasMarkedText(): boolean {
  const marked = document.getSelection();
  return marked !== null && !marked.isCollapsed && marked.toString() !== '';
}
