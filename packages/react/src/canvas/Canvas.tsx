import {
  Background,
  BackgroundVariant,
  type Node as DrawnNode,
  type EdgeTypes,
  type NodeTypes,
  type OnMove,
  ReactFlow,
  ReactFlowProvider,
} from '@xyflow/react';
import { lazy, type ReactNode, Suspense, useCallback, useMemo, useRef, useState } from 'react';
import { useEditor } from '../editor/context.js';
import { Frames } from '../frames/Frames.js';
import { useLoom } from '../hooks/useLoom.js';
import type { Box } from '../layout/box.js';
import { useMessages } from '../messages/messages.js';
import type { OverviewHits } from '../overview/Overview.js';
import type { SceneHit } from '../overview/scene-hit.js';
import { Slot } from '../parts/Slot.js';
import { Guides } from '../snap/Guides.js';
import type { LoomState } from '../store/state.js';
import { CanvasControls } from './CanvasControls.js';
import { ConnectHint } from './ConnectHint.js';
import { createCanvasEdges } from './canvas-edges.js';
import { createCanvasNodes } from './canvas-nodes.js';
import { createCanvasWindow, type Windowed } from './canvas-window.js';
import { nodeBoxes } from './drawn-place.js';
import { EdgeView } from './EdgeView.js';
import { NodeView } from './node/NodeView.js';
import { MIN_ZOOM } from './opening-view.js';
import { useCanvasArea } from './useCanvasArea.js';
import { useCanvasChanges } from './useCanvasChanges.js';
import { useCanvasFocus } from './useCanvasFocus.js';
import { useCanvasPointer } from './useCanvasPointer.js';
import { useCanvasView } from './useCanvasView.js';
import { CONNECTION_RADIUS, useConnect } from './useConnect.js';
import { FarContext, useDetail } from './useFar.js';
import { useLongPress } from './useLongPress.js';
import { useOpeningView } from './useOpeningView.js';
import { usePanKey } from './usePanKey.js';
import { useWheelZoom } from './useWheelZoom.js';

// The first picture needs none of these.
const AreaSelect = lazy(() => import('./AreaSelect.js').then((module) => ({ default: module.AreaSelect })));
const Minimap = lazy(() => import('./Minimap.js').then((module) => ({ default: module.Minimap })));
const Overview = lazy(() => import('../overview/Overview.js').then((module) => ({ default: module.Overview })));

const nodeTypes: NodeTypes = { loom: NodeView };
const edgeTypes: EdgeTypes = { loom: EdgeView };
/** With these a click adds to the selection. */
const MULTI_SELECT_KEYS = ['Meta', 'Control', 'Shift'];
const PRO_OPTIONS = { hideAttribution: true };
const MAX_ZOOM = 4;
/** In pixels: a click that trembles is no drag. */
const DRAG_THRESHOLD = 3;

/** While the flow is one picture. */
const NOTHING: Windowed = { nodes: [], edges: [] };

/** What one wants to see of what was hit twice. */
function pictureBox(
  hit: SceneHit | undefined,
  state: LoomState,
  drawNodes: (state: LoomState) => DrawnNode[],
): Box | undefined {
  if (hit?.kind === 'node') return nodeBoxes(drawNodes(state), [hit.id])[0];
  const frame = hit?.kind === 'frame' ? state.flow.document.frames[hit.id] : undefined;
  return frame && { ...frame.position, ...frame.size };
}

/** Props of {@link Canvas}. */
export interface CanvasProps {
  readonly minimap: boolean;
  readonly theme: 'light' | 'dark' | 'system';
  readonly onPaneDoubleClick: (point: { x: number; y: number }) => void;
  readonly children?: ReactNode;
}

interface DrawnProps {
  readonly far: boolean;
  readonly isReady: boolean;
  readonly children: ReactNode;
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
  const readOnly = useLoom((state) => state.flow.readOnly);
  const [drawNodes] = useState(() => createCanvasNodes(models));
  const opening = useOpeningView(element, drawNodes);
  const labels = useMemo(
    () => ({
      'node.a11yDescription.default': messages.canvasNodeKeys,
      'edge.a11yDescription.default': messages.canvasEdgeKeys,
    }),
    [messages],
  );
  const drawEdges = useMemo(() => createCanvasEdges(models, messages.edgeLabel), [models, messages.edgeLabel]);
  const detail = useDetail();
  const isPictured = detail === 'overview';
  const area = useCanvasArea() ?? opening?.area;
  const chooseDrawn = useMemo(() => createCanvasWindow(drawNodes, drawEdges), [drawNodes, drawEdges]);
  const { nodes, edges } = useLoom((state) => (isPictured ? NOTHING : chooseDrawn(state, area)));
  const hits = useRef<OverviewHits>(undefined);
  const tool = useLoom((state) => state.session.tool);
  const changes = useCanvasChanges();
  const { cancel, ...connect } = useConnect();
  const { hover, focused, ...pointer } = useCanvasPointer();
  const focus = useCanvasFocus(element, nodes, edges);
  usePanKey(element);
  useLongPress(element);
  const far = detail !== 'near';
  const zoomOnScroll = useWheelZoom(element);

  useCanvasView({ element, drawNodes, drawEdges, hits, cancelWire: cancel });
  const rememberViewport = useCallback<OnMove>((_, viewport) => store.setViewport(viewport), [store]);
  const doubleClick = useCallback(
    (event: React.MouseEvent) => {
      const target = event.target as Element;
      if (!target.classList.contains('react-flow__pane')) return;
      const point = { x: event.clientX, y: event.clientY };
      const box = pictureBox(canvas.pictured(point), store.getState(), drawNodes);
      if (box !== undefined) canvas.fitBox(box);
      else if (!readOnly) onPaneDoubleClick(point);
    },
    [onPaneDoubleClick, readOnly, canvas, store, drawNodes],
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
      data-tool={tool}
      {...focus}
      onFocus={(event) => {
        focus.onFocus(event);
        focused(event.target);
      }}
      onBlur={(event) => {
        focus.onBlur(event);
        focused(undefined);
      }}
      onDoubleClick={doubleClick}
      onPointerMove={(event) => canvas.setPointer({ x: event.clientX, y: event.clientY }, event.altKey)}
      onPointerLeave={() => canvas.setPointer(undefined)}
    >
      <Drawn far={far} isReady={opening !== undefined}>
        <ReactFlow
          id={id}
          nodes={nodes}
          edges={edges}
          nodeTypes={nodeTypes}
          edgeTypes={edgeTypes}
          {...changes}
          {...connect}
          {...pointer}
          // The library knows of no selection while it draws nothing.
          onPaneClick={store.clearSelection}
          onMoveEnd={rememberViewport}
          colorMode={theme}
          onlyRenderVisibleElements
          nodesDraggable={!readOnly}
          nodesConnectable={!readOnly}
          edgesReconnectable={!readOnly && !far}
          nodeDragThreshold={DRAG_THRESHOLD}
          connectionRadius={CONNECTION_RADIUS}
          minZoom={MIN_ZOOM}
          maxZoom={MAX_ZOOM}
          {...opening?.start}
          zoomOnDoubleClick={false}
          zoomOnScroll={zoomOnScroll}
          preventScrolling={zoomOnScroll}
          // The library listens for these on the whole page: our own keys act only while the focus is inside.
          deleteKeyCode={null}
          panActivationKeyCode={null}
          zoomActivationKeyCode={null}
          multiSelectionKeyCode={MULTI_SELECT_KEYS}
          // What is drawn around things is ours: it takes frames, and what is only a picture.
          selectionKeyCode={null}
          disableKeyboardA11y
          ariaLabelConfig={labels}
          zIndexMode="manual"
          // Its credit stands in our README.
          proOptions={PRO_OPTIONS}
        >
          {isPictured ? null : (
            <>
              <Background variant={BackgroundVariant.Dots} gap={20} size={1.5} color="var(--loom-grid)" />
              <Frames />
              <Guides />
            </>
          )}
          <Suspense fallback={null}>
            {isPictured ? <Overview drawNodes={drawNodes} drawEdges={drawEdges} hits={hits} onWire={hover} /> : null}
          </Suspense>
          <Suspense fallback={null}>
            <AreaSelect element={element} drawNodes={drawNodes} />
            {minimap ? <Minimap drawNodes={drawNodes} /> : null}
          </Suspense>
          <Slot component={components.Controls} standard={CanvasControls} />
          <ConnectHint />
        </ReactFlow>
      </Drawn>
      {children}
    </section>
  );
}

/** Nothing is drawn before it is known where: it would be drawn anew. */
function Drawn({ far, isReady, children }: DrawnProps): ReactNode {
  return isReady ? <FarContext.Provider value={far}>{children}</FarContext.Provider> : null;
}
