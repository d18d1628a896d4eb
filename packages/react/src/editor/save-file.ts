import { save } from '@loom/graph';
import type { LoomStore } from '../store/loom-store.js';
import { rootStore } from '../subgraph/opened-store.js';

/** Gives the flow to the browser as a download. */
export function saveAsFile(store: LoomStore): void {
  const { document: flow } = rootStore(store).getState().flow;
  download(new Blob([save(flow, { indent: 2 })], { type: 'application/json' }), `${fileName(flow.title)}.loom.json`);
}

/** Gives a file to the browser as a download. */
export function download(file: Blob, name: string): void {
  const url = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The download has its own hold on the data once the click is over.
  setTimeout(() => URL.revokeObjectURL(url), 0);
}

/** A title as the name of a file: no separators, no control characters, not too long. */
export function fileName(title: string | undefined): string {
  const cleaned = (title ?? '')
    .normalize('NFKC')
    .replace(/[^\p{L}\p{N} _-]+/gu, '')
    .trim()
    .replace(/\s+/g, '-')
    .slice(0, 60);
  return cleaned === '' ? 'flow' : cleaned.toLowerCase();
}
