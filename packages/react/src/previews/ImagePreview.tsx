import { LoomError } from '@loom/graph';
import { type ReactNode, useState } from 'react';
import { useMessages } from '../messages/messages.js';
import { previewText } from './preview-text.js';
import type { PreviewRendererProps } from './renderer.js';

/** Pictures. Also SVG is drawn as an image, in which browsers run no scripts and load nothing. */
export function ImagePreview({ mime, data }: PreviewRendererProps): ReactNode {
  const messages = useMessages();
  const source = mime === 'image/svg+xml' ? svgUrl(previewText(mime, data)) : base64Url(mime, previewText(mime, data));
  const [failed, setFailed] = useState<string | undefined>(undefined);
  if (failed === source) return <div className="loom-preview-empty">{messages.previewImageFailed}</div>;
  return (
    <div className="loom-preview-paper">
      <img
        className="loom-preview-image"
        src={source}
        alt={messages.previewImageAlt}
        draggable={false}
        onError={() => setFailed(source)}
      />
    </div>
  );
}

function base64Url(mime: string, text: string): string {
  const packed = text.replace(/\s/g, '');
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(packed)) throw new LoomError('preview/not-an-image', `${mime} should be base64.`);
  return `data:${mime};base64,${packed}`;
}

/** An image must name its namespace, which SVG written for a page often leaves out. */
function svgUrl(text: string): string {
  const root = /<svg\b[^>]*>/i.exec(text);
  if (!root) throw new LoomError('preview/not-an-image', 'image/svg+xml has no <svg> element.');
  const named = /\sxmlns\s*=/.test(root[0]) ? text : text.replace(/<svg\b/i, '<svg xmlns="http://www.w3.org/2000/svg"');
  return `data:image/svg+xml;charset=utf-8,${encodeURIComponent(named)}`;
}
