import type { Json } from '@loom/graph';
import { ownLooks } from './own-looks.js';

/** `{items, total}`: the forms of the first items by MIME type, each with `text/plain`; `total` counts all items. */
export const GALLERY = 'application/vnd.loom.gallery+json';

const MOST_ITEMS = 12;
/** Characters of all looks together. Of items beyond it only the text is shown. */
const MOST_CHARACTERS = 4_000_000;

/** A list of things that have looks of their own: each item as it looks. Undefined when none of the first ones has any. */
export function galleryOf(list: readonly unknown[], textOf: (item: unknown) => Json): Json | undefined {
  let left = MOST_CHARACTERS;
  let hasLooks = false;
  const items = list.slice(0, MOST_ITEMS).map((item): Record<string, Json> => {
    const own = typeof item === 'object' && item !== null ? ownLooks(item)?.data : undefined;
    const size = own === undefined ? 0 : JSON.stringify(own).length;
    const fits = own !== undefined && Object.keys(own).length > 0 && size <= left;
    if (!fits) return { 'text/plain': textOf(item) };
    left -= size;
    hasLooks = true;
    return { ...own, 'text/plain': own['text/plain'] ?? textOf(item) };
  });
  return hasLooks ? { items, total: list.length } : undefined;
}
