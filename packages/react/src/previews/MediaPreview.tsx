import { type ReactNode, useEffect, useMemo, useState } from 'react';
import { useMessages } from '../messages/messages.js';
import { previewFile } from './preview-bytes.js';
import type { PreviewRendererProps } from './renderer.js';

/** Sound and film, with the controls of the browser. Nothing plays by itself. */
export function MediaPreview({ mime, data, size }: PreviewRendererProps): ReactNode {
  const messages = useMessages();
  const file = useMemo(() => previewFile(mime, data), [mime, data]);
  const [source, setSource] = useState<string>();
  const [failed, setFailed] = useState<Blob>();
  useEffect(() => {
    const url = URL.createObjectURL(file);
    setSource(url);
    return () => URL.revokeObjectURL(url);
  }, [file]);
  if (failed === file) return <div className="loom-preview-empty">{messages.previewMediaFailed}</div>;
  const common = {
    src: source,
    controls: true,
    preload: 'metadata',
    tabIndex: size === 'node' ? -1 : 0,
    'aria-label': messages.previewFormat(mime),
    onError: () => source !== undefined && setFailed(file),
  } as const;
  return (
    <div className="loom-preview-media">
      {mime.startsWith('video/') ? <video {...common} /> : <audio {...common} />}
    </div>
  );
}
