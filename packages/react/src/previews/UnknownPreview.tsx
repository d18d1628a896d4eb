import type { Preview } from '@loom/engine';
import type { ReactNode } from 'react';
import { useMessages } from '../messages/messages.js';

const MOST_TEXT = 2000;

/** Says which forms a value offers when there is a view for none of them, and shows the first as text. */
export function UnknownPreview({ preview }: { readonly preview: Preview }): ReactNode {
  const messages = useMessages();
  const [first] = Object.entries(preview.data);
  if (!first) return <div className="loom-preview-empty">{messages.previewEmpty}</div>;
  const [, data] = first;
  const text = typeof data === 'string' ? data : JSON.stringify(data, null, 2);
  return (
    <>
      <div className="loom-preview-empty">{messages.previewUnknown(Object.keys(preview.data).join(', '))}</div>
      <pre className="loom-preview-text">{text.slice(0, MOST_TEXT)}</pre>
    </>
  );
}
