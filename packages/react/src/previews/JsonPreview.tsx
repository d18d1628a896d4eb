import type { ReactNode } from 'react';
import { NumberPreview } from './NumberPreview.js';
import type { PreviewRendererProps } from './renderer.js';
import { TreePreview } from './tree/TreePreview.js';

/** JSON as a tree; a number alone is drawn large. */
export function JsonPreview(props: PreviewRendererProps): ReactNode {
  return typeof props.data === 'number' ? <NumberPreview text={String(props.data)} /> : <TreePreview {...props} />;
}
