import type { CommandContext } from '../commands/command.js';
import { copyText } from '../console/copy-text.js';
import { rootStore } from '../subgraph/opened-store.js';
import { createFlowLink, LONGEST_LINK } from './flow-link.js';

/** Puts a link with the whole flow on the clipboard, and says so; refuses one that would not arrive. */
export async function copyLink({ store, canvas, messages, shareUrl }: CommandContext): Promise<void> {
  const base = shareUrl();
  const element = canvas.element();
  if (base === undefined || element === undefined) return;
  try {
    const { url, size } = await createFlowLink(rootStore(store).getState().flow.document, base);
    const texts = messages();
    if (size === 'too-long') store.notify(texts.shareTooLong(url.length, LONGEST_LINK), 'error');
    else if (!(await copyText(url, element))) store.notify(texts.shareCopyFailed, 'error');
    else if (size === 'long') store.notify(texts.shareLong(url.length), 'warning');
    else store.notify(texts.shareCopied(url.length));
  } catch (error) {
    store.notify(error instanceof Error ? error.message : String(error), 'error');
  }
}
