import type { ReactNode } from 'react';
import { useMessages } from '../messages/messages.js';
import { NumberPreview } from './NumberPreview.js';
import { previewText } from './preview-text.js';
import type { PreviewRendererProps } from './renderer.js';

/** Numbers as programs print them, short enough to be drawn large. */
const NUMBER = /^-?(\d{1,20}(\.\d{1,20})?(e[+-]?\d{1,3})?|inf|Infinity|nan|NaN)$/i;

/** Text as it stands, in the font of code. A number alone is drawn large. */
export function TextPreview({ mime, data, size }: PreviewRendererProps): ReactNode {
  const messages = useMessages();
  const text = previewText(mime, data);
  if (NUMBER.test(text)) return <NumberPreview text={text} />;
  return (
    // A scrolling region needs the keyboard.
    <pre className="loom-preview-text" data-empty={messages.emptyText} tabIndex={size === 'panel' ? 0 : undefined}>
      {text}
    </pre>
  );
}
