import { type ReactNode, useEffect, useState } from 'react';
import { useMessages } from '../messages/messages.js';
import type { PreviewSize } from './renderer.js';

/** Whether a browser shows or plays a file of this type by itself. */
export function isMedia(mime: string): boolean {
  return /^(?:image|audio|video)\/[\w.+-]+$/.test(mime);
}

/** A picture, a sound or a film, with the controls of the browser. Nothing plays by itself. */
export function MediaFile({ file, size }: { readonly file: Blob; readonly size: PreviewSize }): ReactNode {
  const messages = useMessages();
  const [source, setSource] = useState<string>();
  const [failed, setFailed] = useState<Blob>();
  useEffect(() => {
    const url = URL.createObjectURL(file);
    setSource(url);
    return () => URL.revokeObjectURL(url);
  }, [file]);
  const [kind] = file.type.split('/');
  if (failed === file) {
    const text = kind === 'image' ? messages.previewImageFailed : messages.previewMediaFailed;
    return <div className="loom-preview-empty">{text}</div>;
  }
  const onError = () => source !== undefined && setFailed(file);
  if (kind === 'image') {
    return (
      <div className="loom-preview-paper">
        <img className="loom-preview-image" src={source} alt={messages.previewImageAlt} onError={onError} />
      </div>
    );
  }
  const common = {
    src: source,
    controls: true,
    preload: 'metadata',
    tabIndex: size === 'node' ? -1 : 0,
    'aria-label': messages.previewFormat(file.type),
    onError,
  } as const;
  return <div className="loom-preview-media">{kind === 'video' ? <video {...common} /> : <audio {...common} />}</div>;
}
