import type { Node as DrawnNode, ReactFlowProps } from '@xyflow/react';
import { type RefObject, useState } from 'react';
import { useEditor } from '../editor/context.js';
import { useIsomorphicLayoutEffect } from '../hooks/useLatest.js';
import { type Box, boundsOf } from '../layout/box.js';
import { FAR_ZOOM } from '../overview/detail.js';
import type { LoomState } from '../store/state.js';
import { drawnBoxes } from './drawn-place.js';
import { FIT, openingNodes, openingViewport } from './opening-view.js';
import { areaAround } from './useCanvasArea.js';

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
    const state = store.getState();
    const nodes = openingNodes(state.flow.document);
    const boxes = drawnBoxes(state, drawNodes, nodes);
    const isBeginning = nodes !== undefined;
    const viewport = width === 0 || height === 0 ? undefined : openingViewport(boxes, { width, height }, isBeginning);
    if (viewport === undefined) {
      const fitViewOptions =
        nodes === undefined ? FIT : { ...FIT, minZoom: FAR_ZOOM, nodes: nodes.map((id) => ({ id })) };
      setOpening({ area: boundsOf(boxes), start: { fitView: true, fitViewOptions } });
      return;
    }
    setOpening({ area: areaAround(viewport, { width, height }), start: { defaultViewport: viewport } });
    store.setViewport(viewport);
  }, [element, drawNodes, store]);
  return opening;
}
