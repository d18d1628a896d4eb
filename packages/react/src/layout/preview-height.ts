import type { Preview } from '@loom/engine';

const LINE = 36;
const TEXT = 72;
const TREE = 112;
const TABLE = 152;
const PICTURE = 176;

/** Text up to this length fits on one line of a node. */
const LINE_CHARACTERS = 32;

/** How high the preview of a value is on a node that nobody has given a size, in flow units. */
export function previewHeight(preview: Preview | undefined): number {
  if (preview === undefined) return 0;
  const [mime] = Object.keys(preview.data);
  if (mime === undefined) return 0;
  if (mime === 'application/vnd.loom.table+json') return TABLE;
  if (mime.startsWith('image/') || mime === 'text/html') return PICTURE;
  if (mime === 'text/plain') {
    const text = preview.data[mime];
    return typeof text === 'string' && text.length <= LINE_CHARACTERS && !text.includes('\n') ? LINE : TEXT;
  }
  return mime === 'application/vnd.loom.tree+json' || mime === 'application/json' ? TREE : PICTURE;
}
