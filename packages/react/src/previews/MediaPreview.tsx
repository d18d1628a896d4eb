import { type ReactNode, useMemo } from 'react';
import { MediaFile } from './MediaFile.js';
import { previewFile } from './preview-bytes.js';
import type { PreviewRendererProps } from './renderer.js';

/** Sound and film that a value brings along. */
export function MediaPreview({ mime, data, size }: PreviewRendererProps): ReactNode {
  const file = useMemo(() => previewFile(mime, data), [mime, data]);
  return <MediaFile file={file} size={size} />;
}
