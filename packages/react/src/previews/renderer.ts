import type { Preview, PreviewRequest } from '@loom/engine';
import type { Json } from '@loom/graph';
import type { ComponentType } from 'react';

/** `node`: a few lines on the canvas. `panel`: fills its container, scrolls and loads more. */
export type PreviewSize = 'node' | 'panel';

/** Asks for another part of the same value. */
export type LoadMore = (request: PreviewRequest) => Promise<Preview>;

/** Asks for the value itself. */
export type LoadValue = () => Promise<unknown>;

/** What draws one MIME type. `data` comes from user code: check it before use, throw when it is not what it claims. */
export interface PreviewRendererProps {
  readonly mime: string;
  readonly data: Json;
  readonly size: PreviewSize;
  readonly loadMore?: LoadMore | undefined;
  readonly loadValue?: LoadValue | undefined;
}

/** Views by MIME type. */
export type PreviewRenderers = Readonly<Record<string, ComponentType<PreviewRendererProps>>>;
