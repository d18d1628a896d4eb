import { type Node as DrawnNode, type FitViewOptions, getViewportForBounds, type ReactFlowProps } from '@xyflow/react';
import { type RefObject, useState } from 'react';
import { useEditor } from '../editor/context.js';
import { useIsomorphicLayoutEffect } from '../hooks/useLatest.js';
import { type Box, boundsOf } from '../layout/box.js';
import { FAR_ZOOM } from '../overview/detail.js';
import type { LoomState } from '../store/state.js';
import { nodeBoxes } from './drawn-place.js';
import { openingNodes } from './opening-view.js';
import { areaAround } from './useCanvasArea.js';
import { FIT, MIN_ZOOM } from './useCanvasView.js';

/** What the canvas begins with. */
interface OpeningView {
  /** The area that is drawn first; no area stands for everything. */
  readonly area: Box | undefined;
  /** How the library comes to look there. */
  readonly start: Pick<ReactFlowProps, 'fitView' | 'fitViewOptions' | 'defaultViewport'>;
}

/**
 * Where the canvas looks first; undefined until it is known how large it is. Asked to fit its view by itself, the library
 * first draws what lies elsewhere, and all anew where it should have looked.
 */
export function useOpeningView(
  element: RefObject<HTMLElement | null>,
  drawNodes: (state: LoomState) => DrawnNode[],
): OpeningView | undefined {
  const { store } = useEditor();
  const [opening, setOpening] = useState<OpeningView>();
  useIsomorphicLayoutEffect(() => {
    const { width = 0, height = 0 } = element.current?.getBoundingClientRect() ?? {};
    const { fit, bounds } = openingFit(store.getState(), drawNodes);
    if (bounds === undefined || width === 0 || height === 0) {
      setOpening({ area: bounds, start: { fitView: true, fitViewOptions: fit } });
      return;
    }
    const { minZoom = MIN_ZOOM, maxZoom, padding } = fit;
    const viewport = getViewportForBounds(bounds, width, height, minZoom, maxZoom, padding);
    setOpening({ area: areaAround(viewport, { width, height }), start: { defaultViewport: viewport } });
    store.setViewport(viewport);
  }, [element, drawNodes, store]);
  return opening;
}

function openingFit(
  state: LoomState,
  drawNodes: (state: LoomState) => DrawnNode[],
): { readonly fit: typeof FIT & FitViewOptions; readonly bounds: Box | undefined } {
  const nodes = openingNodes(state.flow.document);
  const bounds = boundsOf(nodeBoxes(drawNodes(state), nodes));
  return {
    fit: nodes === undefined ? FIT : { ...FIT, minZoom: FAR_ZOOM, nodes: nodes.map((id) => ({ id })) },
    bounds,
  };
}
