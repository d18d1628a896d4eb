import type { Json } from '@loom/graph';
import { type ComponentType, type ReactNode, useEffect, useRef, useState } from 'react';
import { useMessages } from '../messages/messages.js';
import type { PreviewRendererProps, PreviewSize } from './renderer.js';
import { usePageTheme } from './usePageTheme.js';

/** How a figure should look: colours that the theme resolves to. */
export interface FigureLook {
  readonly size: PreviewSize;
  readonly scheme: 'light' | 'dark';
  readonly background: string;
  readonly color: string;
  readonly fontFamily: string;
}

/** Draws a figure into an element of its own. What it gives is called when the figure goes. */
export type DrawFigure = (
  place: HTMLElement,
  data: Json,
  look: FigureLook,
) => undefined | (() => void) | Promise<undefined | (() => void)>;

/**
 * A view for figures of a drawing library that the app brings along. The library is loaded when the first figure is
 * shown, and never with the editor.
 *
 * @param load - Gives the function that draws; called once.
 * @example
 * ```tsx
 * const vegaLite = figureView(async () => {
 *   const { default: embed } = await import('vega-embed');
 *   return async (place, spec, { scheme }) => {
 *     const { finalize } = await embed(place, spec, { actions: false, theme: scheme === 'dark' ? 'dark' : undefined });
 *     return finalize;
 *   };
 * });
 *
 * <LoomEditor previews={{ 'application/vnd.vegalite.v5+json': vegaLite }} library={library} />
 * ```
 */
export function figureView(load: () => Promise<DrawFigure>): ComponentType<PreviewRendererProps> {
  let loading: Promise<DrawFigure> | undefined;
  const loadOnce = (): Promise<DrawFigure> => {
    loading ??= load().catch((error: unknown) => {
      // The network may be back the next time.
      loading = undefined;
      throw error;
    });
    return loading;
  };
  return function FigureView(props: PreviewRendererProps): ReactNode {
    return <Figure {...props} load={loadOnce} />;
  };
}

function Figure({ data, size, load }: PreviewRendererProps & { readonly load: () => Promise<DrawFigure> }): ReactNode {
  const messages = useMessages();
  const holder = useRef<HTMLDivElement>(null);
  const theme = usePageTheme(holder);
  const [state, setState] = useState<{ readonly of: Json; readonly error?: unknown }>();

  useEffect(() => {
    const { current } = holder;
    if (current === null || theme === undefined) return undefined;
    let isOver = false;
    let end: (() => void) | undefined;
    // A place of its own for each drawing: one that is still under way cannot write into the next.
    const place = current.ownerDocument.createElement('div');
    place.className = 'loom-figure-place';
    current.append(place);
    (async () => {
      const draw = await load();
      if (isOver) return;
      const dispose = await draw(place, data, { ...theme, size });
      if (isOver) dispose?.();
      else end = dispose;
    })().then(
      () => isOver || setState({ of: data }),
      (error: unknown) => isOver || setState({ of: data, error }),
    );
    return () => {
      isOver = true;
      end?.();
      place.remove();
    };
  }, [data, size, theme, load]);

  // The boundary around shows it in the place of the figure.
  if (state?.of === data && 'error' in state) throw state.error;
  return (
    <div className="loom-figure" ref={holder}>
      {state?.of === data ? null : <p className="loom-preview-empty">{messages.previewLoading}</p>}
    </div>
  );
}
