import type { NodeId } from '@loom/graph';
import { type Edge as DrawnEdge, getViewportForBounds, useReactFlow, useStoreApi } from '@xyflow/react';
import { type RefObject, useCallback, useEffect, useRef } from 'react';
import { useEditor } from '../editor/context.js';
import { useLoom } from '../hooks/useLoom.js';
import { type Box, boundsOf } from '../layout/box.js';
import type { OverviewHits } from '../overview/Overview.js';
import type { LoomState } from '../store/state.js';
import type { EdgeData } from './canvas-edges.js';
import type { CanvasNodes } from './canvas-nodes.js';
import { boxesIn, courseOf, drawnBoxes, drawnPlace, nodeBoxes, wireAt } from './drawn-place.js';
import { FIT, openingNodes, openingViewport } from './opening-view.js';
import { revealing } from './revealing.js';

/** What a view needs of the canvas. */
export interface CanvasViewOptions {
  readonly element: RefObject<HTMLElement | null>;
  readonly drawNodes: CanvasNodes;
  readonly drawEdges: (state: LoomState) => DrawnEdge<EdgeData>[];
  /** What finds things in the picture of the flow, while it is shown. */
  readonly hits: RefObject<OverviewHits | undefined>;
  /** Drops the wire that is being drawn. */
  readonly cancelWire: (canvas: Element | null) => void;
}

/** Gives commands, clipboard and handle their way to the canvas, and looks at what is opened. */
export function useCanvasView({ element, drawNodes, drawEdges, hits, cancelWire }: CanvasViewOptions): void {
  const { store, models, canvas } = useEditor();
  const flow = useReactFlow();
  const drawing = useStoreApi();

  const look = useCallback(
    (boxes: Iterable<Box>) => {
      const bounds = boundsOf(boxes);
      if (bounds === undefined) return;
      const { width, height, minZoom, maxZoom } = drawing.getState();
      void flow.setViewport(
        getViewportForBounds(bounds, width, height, minZoom, Math.min(maxZoom, FIT.maxZoom), FIT.padding),
      );
    },
    [flow, drawing],
  );
  const fit = useCallback(
    (ids?: Iterable<NodeId>) => look(drawnBoxes(store.getState(), drawNodes, ids)),
    [store, drawNodes, look],
  );
  const opened = useCallback(() => {
    const state = store.getState();
    const nodes = openingNodes(state.flow.document);
    const viewport = openingViewport(drawnBoxes(state, drawNodes, nodes), drawing.getState(), nodes !== undefined);
    if (viewport !== undefined) void flow.setViewport(viewport);
  }, [store, drawNodes, flow, drawing]);

  useEffect(
    () =>
      canvas.attach({
        fitView: fit,
        fitBox: (box) => look([box]),
        reveal(box) {
          const { transform, width, height } = drawing.getState();
          const viewport = { x: transform[0], y: transform[1], zoom: transform[2] };
          const next = revealing(viewport, { width, height }, box);
          if (next !== viewport) void flow.setViewport(next);
        },
        zoomBy: (factor) => void flow.zoomTo(flow.getZoom() * factor),
        zoomTo: (zoom) => void flow.zoomTo(zoom),
        toFlow: (point) => flow.screenToFlowPosition(point, { snapToGrid: false }),
        bounds: () => element.current?.getBoundingClientRect() ?? new DOMRect(),
        element: () => element.current ?? undefined,
        focus: () => element.current?.focus({ preventScroll: true }),
        wireAt: (point) => (hits.current === undefined ? wireAt(element.current, point) : hits.current.wireAt(point)),
        neighbours(moving) {
          const { transform, width, height, nodes } = drawing.getState();
          const [x, y, zoom] = transform;
          if (hits.current !== undefined) return { boxes: [], zoom };
          const seen = { x: -x / zoom, y: -y / zoom, width: width / zoom, height: height / zoom };
          return { boxes: boxesIn(nodes, seen, moving), zoom };
        },
        courseOf: (wire) => courseOf(drawNodes(store.getState()), drawEdges(store.getState()), wire),
        pictured: (point) => hits.current?.at(point),
        dropPlace: () => drawnPlace(drawNodes(store.getState()), drawNodes.byId, store.getState().flow, models),
        boundsOf: (ids) => boundsOf(nodeBoxes(drawNodes(store.getState()), ids)),
        cancelConnecting() {
          cancelWire(element.current);
          drawing.setState({ connectionClickStartHandle: null });
        },
      }),
    [canvas, flow, drawing, store, models, element, drawNodes, drawEdges, hits, cancelWire, fit, look],
  );
  useEffect(
    () =>
      store.subscribeChanges((_document, { kind }) => {
        if (kind === 'open') opened();
      }),
    [store, opened],
  );
  const path = useLoom((state) => state.session.path);
  const drawnPath = useRef(path);
  useEffect(() => {
    if (drawnPath.current === path) return;
    drawnPath.current = path;
    // Another graph stands here: one looks at all of it.
    opened();
  }, [path, opened]);
}
