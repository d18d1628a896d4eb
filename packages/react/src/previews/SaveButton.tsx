import type { Json } from '@loom/graph';
import { Download } from 'lucide-react';
import type { ReactNode } from 'react';
import { download } from '../editor/save-file.js';
import { useMessages } from '../messages/messages.js';
import { fileEnding, previewFile } from './preview-bytes.js';

/** Hands a form of a value out as a file. */
export function SaveButton({ mime, data }: { readonly mime: string; readonly data: Json }): ReactNode {
  const messages = useMessages();
  return (
    <button
      type="button"
      className="loom-icon-button"
      aria-label={messages.previewSave}
      title={messages.previewSave}
      onClick={() => download(previewFile(mime, data), `result.${fileEnding(mime)}`)}
    >
      <Download size={14} aria-hidden="true" />
    </button>
  );
}
