import type { Preview } from '@loom/engine';
import type { ReactNode } from 'react';
import type { LoadMore, PreviewRenderers, PreviewSize } from './renderer.js';

/** Props of {@link PreviewView}. */
export interface PreviewViewProps {
  readonly preview: Preview;
  /** `node`: a few lines on the canvas. `panel`: fills its container, scrolls and loads more. */
  readonly size: PreviewSize;
  /** More rows or items; without it only what the preview holds is shown. */
  readonly loadMore?: LoadMore | undefined;
  /** Views of the app by MIME type; they come before the built-in ones. */
  readonly renderers?: PreviewRenderers | undefined;
}

export function PreviewView(_props: PreviewViewProps): ReactNode {
  return null;
}
