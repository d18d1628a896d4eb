import { load } from '@loom/graph';
import type { Messages } from '../messages/messages.js';
import type { LoomStore } from '../store/loom-store.js';

/** A file larger than this is refused before it is read. */
export const MAX_FILE_MEGABYTES = 64;

/** Reads a file into the editor. One that has faults is shown first, and replaces nothing on its own. */
export async function openFile(store: LoomStore, file: File, messages: Messages): Promise<void> {
  if (store.getState().flow.readOnly) return;
  if (file.size > MAX_FILE_MEGABYTES * 1_000_000) {
    store.notify(messages.fileTooLarge(MAX_FILE_MEGABYTES), 'error');
    return;
  }
  let text: string | undefined;
  try {
    text = await textOf(file);
  } catch (error) {
    store.notify(error instanceof Error ? error.message : String(error), 'error');
    return;
  }
  if (text === undefined) store.notify(messages.imageWithoutFlow(file.name), 'error');
  else openText(store, text, file.name, messages);
}

/** The flow in a file: the file itself, or what a picture of a flow has inside; undefined for any other picture. */
async function textOf(file: File): Promise<string | undefined> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const { flowInPng, isPng } = await import('../sharing/png-text.js');
  if (isPng(bytes)) return flowInPng(bytes);
  const text = new TextDecoder().decode(bytes);
  if (!/^\s*<(\?xml|!doctype svg|svg)\b/i.test(text)) return text;
  return (await import('../sharing/svg-text.js')).flowInSvg(text);
}

/** Like {@link openFile}, with the text at hand. */
export function openText(store: LoomStore, text: string, name: string, messages: Messages): void {
  const { document, issues } = load(text, { library: store.getState().flow.library });
  if (issues.some((issue) => issue.severity === 'error')) {
    store.setOpened({ name, document, issues });
    return;
  }
  store.openDocument(document);
  store.notify(messages.opened(name));
}
