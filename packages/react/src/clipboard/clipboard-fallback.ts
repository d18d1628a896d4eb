import { type CommandContext, canEdit } from '../commands/command.js';
import { removeSelection } from '../commands/remove-selection.js';
import { copyText } from '../console/copy-text.js';
import { pasteText, selectionAsText } from './fragment.js';

/**
 * Copies through the clipboard of the page, for buttons and for systems that send no clipboard events. What is cut goes only
 * once the clipboard has it.
 */
export function copyToClipboard(context: CommandContext, cut: boolean): void {
  const text = selectionAsText(context);
  const near = context.canvas.element();
  if (text === undefined || near === undefined) return;
  const before = context.store.getState();
  void copyText(text, near).then((isCopied) => {
    if (!isCopied) {
      context.store.notify(context.messages().clipboardRefused, 'warning');
      return;
    }
    const { flow, session } = context.store.getState();
    // Meanwhile something else may be selected.
    const isSame = flow.document === before.flow.document && session.selection === before.session.selection;
    if (cut && isSame && canEdit(context)) removeSelection(context, context.messages().changeCut);
  });
}

/** Pastes through the clipboard of the page, with wires from outside or without. Browsers may ask the reader first, or refuse. */
export function pasteFromClipboard(context: CommandContext, keepIncoming: boolean): void {
  const { at } = context.canvas.place();
  const reading = navigator.clipboard?.readText?.() ?? Promise.reject(new Error('no clipboard'));
  reading.then(
    (text) => {
      if (canEdit(context)) pasteText(context, text, at, keepIncoming);
    },
    () => context.store.notify(context.messages().clipboardDenied, 'warning'),
  );
}
