import type { ComponentType } from 'react';
import { FILE_MIME, isFile, isPlayed, TABLE_MIME, TREE_MIME } from './choose-preview.js';
import { FilePreview } from './FilePreview.js';
import { FileValuePreview } from './FileValuePreview.js';
import { HtmlPreview } from './HtmlPreview.js';
import { ImagePreview } from './ImagePreview.js';
import { JsonPreview } from './JsonPreview.js';
import { MediaPreview } from './MediaPreview.js';
import { MarkdownPreview } from './markdown/MarkdownPreview.js';
import type { PreviewRendererProps, PreviewRenderers } from './renderer.js';
import { TextPreview } from './TextPreview.js';
import { TablePreview } from './table/TablePreview.js';
import { TreePreview } from './tree/TreePreview.js';

const renderers: PreviewRenderers = {
  [TABLE_MIME]: TablePreview,
  [TREE_MIME]: TreePreview,
  [FILE_MIME]: FileValuePreview,
  'text/html': HtmlPreview,
  'text/markdown': MarkdownPreview,
  'application/json': JsonPreview,
  'text/plain': TextPreview,
};

/** The view that comes with the editor for a MIME type. */
export function builtInRenderer(mime: string): ComponentType<PreviewRendererProps> | undefined {
  if (Object.hasOwn(renderers, mime)) return renderers[mime];
  if (mime.startsWith('image/')) return ImagePreview;
  if (isPlayed(mime)) return MediaPreview;
  return isFile(mime) ? FilePreview : undefined;
}
