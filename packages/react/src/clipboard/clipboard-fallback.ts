import { type CommandContext, canEdit } from '../commands/command.js';
import { removeSelection } from '../commands/remove-selection.js';
import { pasteText, selectionAsText } from './fragment.js';

/**
 * Copies through the clipboard of the page, for buttons and for systems that send no clipboard events. What is cut goes only
 * once the clipboard has it.
 */
export function copyToClipboard(context: CommandContext, cut: boolean): void {
  const text = selectionAsText(context);
  if (text === undefined) return;
  const before = context.store.getState();
  const writing = navigator.clipboard?.writeText?.(text) ?? Promise.reject(new Error('no clipboard'));
  writing.then(
    () => {
      const { flow, session } = context.store.getState();
      // Meanwhile something else may be selected.
      const isSame = flow.document === before.flow.document && session.selection === before.session.selection;
      if (cut && isSame && canEdit(context)) removeSelection(context, context.messages().changeCut);
    },
    () => context.store.notify(context.messages().clipboardWriteDenied, 'warning'),
  );
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
