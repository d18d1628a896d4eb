import type { Preview } from '@loom/engine';
import { type Json, LoomError } from '@loom/graph';
import type { ReactNode } from 'react';
import { useMessages } from '../messages/messages.js';
import type { PreviewSize } from './renderer.js';

/** Props of {@link Gallery}. */
export interface GalleryProps {
  readonly data: Json;
  readonly size: PreviewSize;
  /** Draws one item. */
  readonly show: (preview: Preview) => ReactNode;
}

/** So many items a node has room for. */
const ON_NODE = 3;

/** A list whose items have looks of their own: one below the other, each with its place in the list. */
export function Gallery({ data, size, show }: GalleryProps): ReactNode {
  const messages = useMessages();
  const { items, total } = readGallery(data);
  const shown = size === 'node' ? items.slice(0, ON_NODE) : items;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a section would be a landmark, of which a page has many
    <div
      role="group"
      className="loom-gallery"
      tabIndex={size === 'panel' ? 0 : undefined}
      aria-label={messages.galleryLabel}
    >
      <ol start={0}>
        {shown.map((item, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: an item is its place in the list
          <li key={at} aria-label={String(at)}>
            <span className="loom-gallery-place" aria-hidden="true">
              {at}
            </span>
            {show({ data: item, truncated: false })}
          </li>
        ))}
      </ol>
      {total > shown.length ? <p className="loom-preview-empty">{messages.galleryMore(total - shown.length)}</p> : null}
    </div>
  );
}

/** It comes from user code: what is no list of forms is refused. */
function readGallery(data: Json): { readonly items: readonly Preview['data'][]; readonly total: number } {
  const { items, total } = (data ?? {}) as { items?: unknown; total?: unknown };
  if (Array.isArray(items) && typeof total === 'number' && items.every(isForms)) return { items, total };
  throw new LoomError('preview/no-gallery', 'This is no list of looks: "items" and "total" are needed.');
}

function isForms(item: unknown): item is Preview['data'] {
  return typeof item === 'object' && item !== null && !Array.isArray(item);
}
