import type { Preview } from '@loom/engine';
import { TriangleAlert } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useMessages } from '../messages/messages.js';
import { builtInRenderers } from './built-in.js';
import { choosePreviews, TABLE_MIME } from './choose-preview.js';
import { RendererBoundary } from './RendererBoundary.js';
import type { LoadMore, PreviewRenderers, PreviewSize } from './renderer.js';
import { UnknownPreview } from './UnknownPreview.js';
import { useWholeText } from './useWholeText.js';

/** Props of {@link PreviewView}. */
export interface PreviewViewProps {
  readonly preview: Preview;
  /** `node`: a few lines on the canvas. `panel`: fills its container, scrolls and loads more. */
  readonly size: PreviewSize;
  /** More rows or items; without it only what the preview holds is shown. */
  readonly loadMore?: LoadMore | undefined;
  /** Views of the app by MIME type; they come before the built-in ones. */
  readonly renderers?: PreviewRenderers | undefined;
}

/**
 * Shows a value by the richest form that it offers. In a panel people can switch between the forms. Nothing that a
 * value brings along is ever run: HTML lies in a sandbox without scripts, SVG is an image, Markdown becomes elements.
 */
export function PreviewView({ preview: given, size, loadMore, renderers }: PreviewViewProps): ReactNode {
  const messages = useMessages();
  const { preview, loadRest, failure } = useWholeText(given, size === 'panel' ? loadMore : undefined);
  const [preferred, setPreferred] = useState<string | undefined>(undefined);
  const mimes = choosePreviews(preview, Object.keys(renderers ?? {}));
  const mime = preferred !== undefined && mimes.includes(preferred) ? preferred : mimes[0];
  const data = mime === undefined ? undefined : preview.data[mime];
  const Renderer = mime === undefined ? undefined : (renderers?.[mime] ?? builtInRenderers[mime]);
  // A table says itself how many rows there are, and loads them.
  const showsTruncated = preview.truncated && mime !== TABLE_MIME;

  return (
    <div className="loom-preview" data-size={size} data-mime={mime}>
      {size === 'panel' && mimes.length > 1 && (
        <fieldset className="loom-preview-forms">
          <legend className="loom-hidden">{messages.previewAs}</legend>
          {mimes.map((choice) => (
            <button
              key={choice}
              type="button"
              className="loom-button"
              aria-pressed={choice === mime}
              onClick={() => setPreferred(choice)}
            >
              {messages.previewFormat(choice)}
            </button>
          ))}
        </fieldset>
      )}
      <div className="loom-preview-body">
        {mime === undefined || data === undefined || !Renderer ? (
          <UnknownPreview preview={preview} />
        ) : (
          <RendererBoundary
            key={mime}
            subject={data}
            fallback={(reason) => <PreviewFault>{messages.previewFailed(reason)}</PreviewFault>}
          >
            <Renderer mime={mime} data={data} size={size} loadMore={loadMore} />
          </RendererBoundary>
        )}
      </div>
      {showsTruncated && (
        <div className="loom-preview-truncated" title={messages.previewTruncatedHelp}>
          <span>{messages.previewTruncated}</span>
          {loadRest === undefined ? null : (
            <button type="button" className="loom-link" onClick={loadRest}>
              {messages.previewMore}
            </button>
          )}
          {failure === undefined ? null : <span role="alert">{messages.previewMoreFailed(failure)}</span>}
        </div>
      )}
    </div>
  );
}

function PreviewFault({ children }: { readonly children: ReactNode }): ReactNode {
  return (
    <div className="loom-preview-fault" role="alert">
      <TriangleAlert size={14} aria-hidden="true" />
      <span>{children}</span>
    </div>
  );
}
