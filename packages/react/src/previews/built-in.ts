import { TABLE_MIME, TREE_MIME } from './choose-preview.js';
import { HtmlPreview } from './HtmlPreview.js';
import { ImagePreview } from './ImagePreview.js';
import { JsonPreview } from './JsonPreview.js';
import { MarkdownPreview } from './MarkdownPreview.js';
import type { PreviewRenderers } from './renderer.js';
import { TablePreview } from './TablePreview.js';
import { TextPreview } from './TextPreview.js';
import { TreePreview } from './TreePreview.js';

/** The views that come with the editor, by MIME type. */
export const builtInRenderers: PreviewRenderers = {
  [TABLE_MIME]: TablePreview,
  [TREE_MIME]: TreePreview,
  'image/svg+xml': ImagePreview,
  'image/png': ImagePreview,
  'image/jpeg': ImagePreview,
  'text/html': HtmlPreview,
  'text/markdown': MarkdownPreview,
  'application/json': JsonPreview,
  'text/plain': TextPreview,
};
