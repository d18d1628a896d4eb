import { type ReactNode, useMemo, useRef } from 'react';
import { useMessages } from '../messages/messages.js';
import { htmlPage } from './html-page.js';
import { previewText } from './preview-text.js';
import type { PreviewRendererProps } from './renderer.js';
import { usePageTheme } from './usePageTheme.js';

/**
 * HTML in a frame with an empty sandbox: no scripts, no forms, no popups, an origin of its own. Because nothing can
 * look inside, the frame cannot grow with its content; it has a fixed height in a node and fills a panel.
 */
export function HtmlPreview({ mime, data, size }: PreviewRendererProps): ReactNode {
  const messages = useMessages();
  const holder = useRef<HTMLDivElement>(null);
  const theme = usePageTheme(holder);
  const html = previewText(mime, data);
  const page = useMemo(() => theme && htmlPage(html, theme), [html, theme]);
  return (
    <div className="loom-preview-page" ref={holder}>
      {page !== undefined && (
        <iframe
          className="loom-preview-frame"
          title={messages.previewHtmlTitle}
          sandbox=""
          srcDoc={page}
          referrerPolicy="no-referrer"
          // On the canvas a frame would swallow the pointer in the middle of a drag, and the Tab key.
          tabIndex={size === 'node' ? -1 : 0}
        />
      )}
    </div>
  );
}
