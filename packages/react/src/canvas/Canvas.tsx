import type { FlowDocument } from '@loom/graph';
import {
  Background,
  BackgroundVariant,
  type Node as DrawnNode,
  type EdgeTypes,
  type FitViewOptions,
  MiniMap,
  type NodeTypes,
  type OnMove,
  ReactFlow,
  ReactFlowProvider,
  useReactFlow,
  useStoreApi,
} from '@xyflow/react';
import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useEditor } from '../editor/context.js';
import { Frames } from '../frames/Frames.js';
import { useLoom } from '../hooks/useLoom.js';
import { useMessages } from '../messages/messages.js';
import { Slot } from '../parts/Slot.js';
import { CanvasControls } from './CanvasControls.js';
import { ConnectHint } from './ConnectHint.js';
import { createCanvasEdges } from './canvas-edges.js';
import { createCanvasNodes } from './canvas-nodes.js';
import { boundsOf, drawnPlace, wireAt } from './drawn-place.js';
import { EdgeView } from './EdgeView.js';
import { NodeView } from './NodeView.js';
import { openingNodes } from './opening-view.js';
import { useCanvasChanges } from './useCanvasChanges.js';
import { useCanvasFocus } from './useCanvasFocus.js';
import { useCanvasPointer } from './useCanvasPointer.js';
import { useConnect } from './useConnect.js';
import { FAR_ZOOM, FarContext, useFarZoom } from './useFar.js';
import { usePanKey } from './usePanKey.js';
import { useWheelZoom } from './useWheelZoom.js';

const nodeTypes: NodeTypes = { loom: NodeView };
const edgeTypes: EdgeTypes = { loom: EdgeView };
/** Shift adds a click to the selection, and draws a box on the pane. */
const MULTI_SELECT_KEYS = ['Meta', 'Control', 'Shift'];
const FIT = { padding: 0.12, maxZoom: 1 };
const PRO_OPTIONS = { hideAttribution: true };
const MIN_ZOOM = 0.04;
const MAX_ZOOM = 4;
/** In pixels: a click that trembles is no drag. */
const DRAG_THRESHOLD = 3;

/** Containers are pale on the map, so that what lies in them is seen. */
function minimapClass({ dragHandle }: DrawnNode): string {
  return dragHandle === undefined ? 'loom-minimap-node' : 'loom-minimap-node loom-minimap-zone';
}

function openingView(document: FlowDocument): FitViewOptions {
  const nodes = openingNodes(document);
  return nodes === undefined ? FIT : { ...FIT, minZoom: FAR_ZOOM, nodes: nodes.map((id) => ({ id })) };
}

/** Props of {@link Canvas}. */
export interface CanvasProps {
  readonly minimap: boolean;
  readonly theme: 'light' | 'dark' | 'system';
  readonly onPaneDoubleClick: (point: { x: number; y: number }) => void;
  readonly children?: ReactNode;
}

/** The drawing of the flow. The library that draws it is an inner matter: nothing of it shows outside. */
export function Canvas(props: CanvasProps): ReactNode {
  return (
    <ReactFlowProvider>
      <Surface {...props} />
    </ReactFlowProvider>
  );
}

function Surface({ minimap, theme, onPaneDoubleClick, children }: CanvasProps): ReactNode {
  const { store, models, canvas, id, components } = useEditor();
  const messages = useMessages();
  const element = useRef<HTMLElement>(null);
  const flow = useReactFlow();
  const drawing = useStoreApi();
  const readOnly = useLoom((state) => state.flow.readOnly);
  const [opening] = useState(() => openingView(store.getState().flow.document));
  const [drawNodes] = useState(() => createCanvasNodes(models));
  const drawEdges = useMemo(() => createCanvasEdges(models, messages.edgeLabel), [models, messages.edgeLabel]);
  const nodes = useLoom(drawNodes);
  const edges = useLoom(drawEdges);
  const changes = useCanvasChanges();
  const { cancel, ...connect } = useConnect();
  const pointer = useCanvasPointer();
  const focus = useCanvasFocus(element, nodes, edges);
  usePanKey(element);
  const far = useFarZoom();
  const zoomOnScroll = useWheelZoom(element);

  useEffect(
    () =>
      canvas.attach({
        fitView: (ids) =>
          void flow.fitView(ids === undefined ? FIT : { ...FIT, nodes: ids.map((node) => ({ id: node })) }),
        zoomBy: (factor) => void flow.zoomTo(flow.getZoom() * factor),
        zoomTo: (zoom) => void flow.zoomTo(zoom),
        toFlow: (point) => flow.screenToFlowPosition(point, { snapToGrid: false }),
        bounds: () => element.current?.getBoundingClientRect() ?? new DOMRect(),
        element: () => element.current ?? undefined,
        focus: () => element.current?.focus({ preventScroll: true }),
        wireAt: (point) => wireAt(element.current, point),
        dropPlace: () => drawnPlace(flow.getNodes(), store.getState().flow, models),
        boundsOf: (ids) => boundsOf(flow, ids),
        cancelConnecting() {
          cancel(element.current);
          drawing.setState({ connectionClickStartHandle: null });
        },
      }),
    [canvas, flow, cancel, drawing, store, models],
  );
  useEffect(
    () =>
      store.subscribeChanges((document, { kind }) => {
        // The library knows the nodes of an opened file once it has drawn them.
        if (kind === 'open') setTimeout(() => void flow.fitView(openingView(document)));
      }),
    [store, flow],
  );
  const path = useLoom((state) => state.session.path);
  const drawnPath = useRef(path);
  useEffect(() => {
    if (drawnPath.current === path) return undefined;
    drawnPath.current = path;
    // Another graph stands here: one looks at all of it, once it is drawn.
    const timer = setTimeout(() => void flow.fitView(openingView(store.getState().flow.document)));
    return () => clearTimeout(timer);
  }, [path, flow, store]);
  const rememberViewport = useCallback<OnMove>((_, viewport) => store.setViewport(viewport), [store]);
  const doubleClick = useCallback(
    (event: React.MouseEvent) => {
      const target = event.target as Element;
      if (!readOnly && target.classList.contains('react-flow__pane')) {
        onPaneDoubleClick({ x: event.clientX, y: event.clientY });
      }
    },
    [onPaneDoubleClick, readOnly],
  );

  return (
    <section
      ref={element}
      className="loom-canvas"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: keys go to what has the focus, so the canvas can have it
      tabIndex={0}
      aria-label={messages.canvasLabel}
      data-read-only={readOnly}
      data-far={far}
      {...focus}
      onDoubleClick={doubleClick}
      onPointerMove={(event) => canvas.setPointer({ x: event.clientX, y: event.clientY })}
      onPointerLeave={() => canvas.setPointer(undefined)}
    >
      <FarContext.Provider value={far}>
        <ReactFlow
          id={id}
          nodes={nodes}
          edges={edges}
          nodeTypes={nodeTypes}
          edgeTypes={edgeTypes}
          {...changes}
          {...connect}
          {...pointer}
          onMoveEnd={rememberViewport}
          colorMode={theme}
          onlyRenderVisibleElements
          nodesDraggable={!readOnly}
          nodesConnectable={!readOnly}
          edgesReconnectable={!readOnly && !far}
          nodeDragThreshold={DRAG_THRESHOLD}
          connectionRadius={24}
          minZoom={MIN_ZOOM}
          maxZoom={MAX_ZOOM}
          fitView
          fitViewOptions={opening}
          zoomOnDoubleClick={false}
          zoomOnScroll={zoomOnScroll}
          preventScrolling={zoomOnScroll}
          // The library listens for these on the whole page: our own keys act only while the focus is inside.
          deleteKeyCode={null}
          panActivationKeyCode={null}
          zoomActivationKeyCode={null}
          multiSelectionKeyCode={MULTI_SELECT_KEYS}
          disableKeyboardA11y
          zIndexMode="manual"
          // Its credit stands in our README.
          proOptions={PRO_OPTIONS}
        >
          <Background variant={BackgroundVariant.Dots} gap={20} size={1.5} color="var(--loom-grid)" />
          <Frames />
          <Slot component={components.Controls} standard={CanvasControls} />
          {minimap ? (
            <MiniMap
              pannable
              zoomable
              onClick={(_, { x, y }) => void flow.setCenter(x, y, { zoom: flow.getZoom() })}
              ariaLabel={messages.minimapLabel}
              className="loom-minimap"
              nodeClassName={minimapClass}
              nodeBorderRadius={6}
            />
          ) : null}
          <ConnectHint />
        </ReactFlow>
      </FarContext.Provider>
      {children}
    </section>
  );
}
