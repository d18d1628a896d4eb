import { File } from 'lucide-react';
import { type ReactNode, useMemo } from 'react';
import { useMessages } from '../messages/messages.js';
import { previewFile } from './preview-bytes.js';
import type { PreviewRendererProps } from './renderer.js';
import { SaveButton } from './SaveButton.js';

/** A file that can be taken away: what it is, and how large. */
export function FilePreview({ mime, data, size }: PreviewRendererProps): ReactNode {
  const messages = useMessages();
  const bytes = useMemo(() => previewFile(mime, data).size, [mime, data]);
  return (
    <div className="loom-preview-file">
      <File size={18} aria-hidden="true" />
      <span>
        {messages.previewFormat(mime)}
        <small>{messages.previewBytes(bytes)}</small>
      </span>
      {size === 'panel' ? <SaveButton mime={mime} data={data} /> : null}
    </div>
  );
}
