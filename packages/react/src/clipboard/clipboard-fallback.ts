import { type CommandContext, canEdit } from '../commands/command.js';
import { removeSelection } from '../commands/remove-selection.js';
import { pasteText, selectionAsText } from './fragment.js';

/** Copies through the clipboard of the page, for buttons and for systems that send no clipboard events. */
export function copyToClipboard(context: CommandContext, cut: boolean): void {
  const text = selectionAsText(context);
  if (text === undefined) return;
  navigator.clipboard?.writeText(text).catch(() => denied(context));
  if (cut && canEdit(context)) removeSelection(context, context.messages().changeCut);
}

/** Pastes through the clipboard of the page, with wires from outside or without. Browsers may ask the reader first, or refuse. */
export function pasteFromClipboard(context: CommandContext, keepIncoming: boolean): void {
  const { at } = context.canvas.place();
  const reading = navigator.clipboard?.readText?.();
  if (reading === undefined) {
    denied(context);
    return;
  }
  reading.then(
    (text) => {
      if (canEdit(context)) pasteText(context, text, at, keepIncoming);
    },
    () => denied(context),
  );
}

function denied({ store, messages }: CommandContext): void {
  store.notify(messages().clipboardDenied, 'warning');
}
