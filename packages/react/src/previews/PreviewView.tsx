import type { Preview } from '@loom/engine';
import { Maximize2, TriangleAlert } from 'lucide-react';
import { type ReactNode, Suspense, useMemo, useState } from 'react';
import { useMessages } from '../messages/messages.js';
import { PlotPreview } from '../plot/PlotPreview.js';
import { isPlottable, PLOT_FORM } from '../plot/plot-form.js';
import { builtInRenderer } from './built-in.js';
import { choosePreviews, FILE_MIME, GALLERY_MIME, isFile, TABLE_MIME, TREE_MIME } from './choose-preview.js';
import { Gallery } from './Gallery.js';
import { LargeView } from './LargeView.js';
import { RendererBoundary } from './RendererBoundary.js';
import type { LoadMore, LoadValue, PreviewRenderers, PreviewSize } from './renderer.js';
import { SaveButton } from './SaveButton.js';
import { UnknownPreview } from './UnknownPreview.js';
import { useWholeText } from './useWholeText.js';

/** Props of {@link PreviewView}. */
export interface PreviewViewProps {
  readonly preview: Preview;
  /** `node`: a few lines on the canvas. `panel`: fills its container, scrolls and loads more. */
  readonly size: PreviewSize;
  /** More rows or items; without it only what the preview holds is shown. */
  readonly loadMore?: LoadMore | undefined;
  /** The value itself, for what is handed out whole. */
  readonly loadValue?: LoadValue | undefined;
  /** Views of the app by MIME type; they come before the built-in ones. */
  readonly renderers?: PreviewRenderers | undefined;
}

/**
 * Shows a value by the richest form that it offers. In a panel people can switch between the forms. Nothing that a
 * value brings along is ever run: HTML lies in a sandbox without scripts, SVG is an image, Markdown becomes elements.
 */
export function PreviewView(props: PreviewViewProps): ReactNode {
  const [isLarge, setLarge] = useState(false);
  if (props.size === 'node') return <Forms {...props} />;
  return (
    <>
      <Forms {...props} onEnlarge={() => setLarge(true)} />
      {isLarge ? (
        <LargeView onClose={() => setLarge(false)}>
          <Forms {...props} />
        </LargeView>
      ) : null}
    </>
  );
}

interface FormsProps extends PreviewViewProps {
  readonly onEnlarge?: () => void;
}

function Forms({ preview: given, size, loadMore, loadValue, renderers, onEnlarge }: FormsProps): ReactNode {
  const messages = useMessages();
  const { preview, loadRest, failure } = useWholeText(given, size === 'panel' ? loadMore : undefined);
  const [preferred, setPreferred] = useState<string | undefined>(undefined);
  const mimes = useMemo(() => {
    const offered = choosePreviews(preview, Object.keys(renderers ?? {}));
    const [best, ...rest] = offered;
    return size === 'panel' && best !== undefined && isPlottable(preview) ? [best, PLOT_FORM, ...rest] : offered;
  }, [preview, renderers, size]);
  const mime = preferred !== undefined && mimes.includes(preferred) ? preferred : mimes[0];
  const data = mime === undefined ? undefined : preview.data[mime];
  const Renderer = mime === undefined ? undefined : (renderers?.[mime] ?? builtInRenderer(mime));
  // A table says itself how many rows there are, and loads them.
  const showsTruncated = preview.truncated && mime !== TABLE_MIME && mime !== PLOT_FORM;

  return (
    <div className="loom-preview" data-size={size} data-mime={mime}>
      {size === 'panel' && (
        <div className="loom-preview-bar">
          <fieldset className="loom-preview-forms">
            <legend className="loom-hidden">{messages.previewAs}</legend>
            {mimes.length > 1 &&
              mimes.map((choice) => (
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
          {mime !== undefined && data !== undefined && isSaved(mime) ? <SaveButton mime={mime} data={data} /> : null}
          {onEnlarge === undefined ? null : (
            <button
              type="button"
              className="loom-icon-button"
              aria-label={messages.previewEnlarge}
              title={messages.previewEnlarge}
              onClick={onEnlarge}
            >
              <Maximize2 size={13} aria-hidden="true" />
            </button>
          )}
        </div>
      )}
      <div className="loom-preview-body">
        {mime === GALLERY_MIME && data !== undefined && renderers?.[mime] === undefined ? (
          <RendererBoundary
            subject={data}
            fallback={(reason) => <PreviewFault>{messages.previewFailed(reason)}</PreviewFault>}
          >
            <Gallery
              data={data}
              size={size}
              show={(item) => <Forms preview={item} size="node" renderers={renderers} />}
            />
          </RendererBoundary>
        ) : mime === PLOT_FORM ? (
          <PlotPreview preview={preview} loadMore={loadMore} />
        ) : mime === undefined || data === undefined || !Renderer ? (
          <UnknownPreview preview={preview} />
        ) : (
          <RendererBoundary
            key={mime}
            subject={data}
            fallback={(reason) => <PreviewFault>{messages.previewFailed(reason)}</PreviewFault>}
          >
            <Suspense fallback={<p className="loom-preview-empty">{messages.previewLoading}</p>}>
              <Renderer mime={mime} data={data} size={size} loadMore={loadMore} loadValue={loadValue} />
            </Suspense>
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

/** Whether a form is a whole file of its own: parts of tables and trees are not, and files have their own button. */
function isSaved(mime: string): boolean {
  return mime !== GALLERY_MIME && mime !== TABLE_MIME && mime !== TREE_MIME && mime !== FILE_MIME && !isFile(mime);
}

function PreviewFault({ children }: { readonly children: ReactNode }): ReactNode {
  return (
    <div className="loom-preview-fault" role="alert">
      <TriangleAlert size={14} aria-hidden="true" />
      <span>{children}</span>
    </div>
  );
}
