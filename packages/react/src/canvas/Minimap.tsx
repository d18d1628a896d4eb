import { type Node as DrawnNode, useReactFlow, useStoreApi } from '@xyflow/react';
import { type PointerEvent, type ReactNode, useEffect, useRef } from 'react';
import { useEditor } from '../editor/context.js';
import { type Box, boundsOf } from '../layout/box.js';
import { useMessages } from '../messages/messages.js';
import { watchTheme } from '../overview/watch-theme.js';
import { themePaint } from '../sharing/theme-paint.js';
import type { LoomState } from '../store/state.js';
import { nodeBoxes } from './drawn-place.js';
import { type MapScale, mapScale, SIZE, toFlow, toMap } from './minimap-scale.js';

/** In milliseconds: a map follows a drag or a run well enough when it is drawn so often. */
const REDRAW_MS = 100;
const WHEEL_STEP = 1.002;

/** Props of {@link Minimap}. */
export interface MinimapProps {
  readonly drawNodes: (state: LoomState) => DrawnNode[];
}

/** The whole flow in a corner, and where one is in it. It is a picture: ten thousand nodes cost it a few milliseconds. */
export function Minimap({ drawNodes }: MinimapProps): ReactNode {
  const { store } = useEditor();
  const messages = useMessages();
  const drawing = useStoreApi();
  const flow = useReactFlow();
  const picture = useRef<HTMLCanvasElement>(null);
  const frame = useRef<HTMLDivElement>(null);
  const scale = useRef<MapScale | undefined>(undefined);

  useEffect(() => {
    const canvas = picture.current;
    const root = canvas?.parentElement;
    const context = canvas?.getContext('2d');
    if (canvas === null || !root || !context) return undefined;
    let [timer, request] = [undefined as ReturnType<typeof setTimeout> | undefined, 0];
    let [theme, shown, bounds] = [
      themePaint(root),
      undefined as readonly DrawnNode[] | undefined,
      undefined as Box | undefined,
    ];
    const draw = () => {
      timer = undefined;
      const nodes = drawNodes(store.getState());
      if (nodes !== shown) bounds = boundsOf(nodeBoxes(nodes));
      shown = nodes;
      scale.current = mapScale(bounds, viewBox());
      drawMap(canvas, context, nodes, scale.current, theme.paint);
      place();
    };
    const later = () => {
      timer ??= setTimeout(draw, REDRAW_MS);
    };
    const viewBox = (): Box => {
      const { transform, width, height } = drawing.getState();
      const [x, y, zoom] = transform;
      return { x: -x / zoom, y: -y / zoom, width: width / zoom, height: height / zoom };
    };
    const place = () => {
      if (scale.current === undefined || frame.current === null) return;
      const { x, y, width, height } = toMap(viewBox(), scale.current);
      Object.assign(frame.current.style, {
        width: `${width}px`,
        height: `${height}px`,
        transform: `translate(${x}px, ${y}px)`,
      });
    };
    const follow = () => {
      request ||= requestAnimationFrame(() => {
        request = 0;
        const next = mapScale(bounds, viewBox());
        if (next.left !== scale.current?.left || next.top !== scale.current.top || next.factor !== scale.current.factor)
          later();
        place();
      });
    };
    const ends = [
      store.subscribe((state) => drawNodes(state) !== shown && later()),
      drawing.subscribe((now, before) => now.transform !== before.transform && follow()),
      watchTheme(root, () => {
        theme.dispose();
        theme = themePaint(root);
        later();
      }),
    ];
    draw();
    return () => {
      for (const end of ends) end();
      clearTimeout(timer);
      cancelAnimationFrame(request);
      theme.dispose();
    };
  }, [store, drawing, drawNodes]);

  useEffect(() => {
    const root = picture.current?.parentElement;
    const zoom = (event: WheelEvent) => {
      // React listens passively: the page behind would scroll.
      event.preventDefault();
      void flow.zoomTo(flow.getZoom() * WHEEL_STEP ** -event.deltaY);
    };
    root?.addEventListener('wheel', zoom, { passive: false });
    return () => root?.removeEventListener('wheel', zoom);
  }, [flow]);

  const look = (event: PointerEvent<HTMLElement>) => {
    if (scale.current === undefined || (event.buttons & 1) === 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    const { left, top } = event.currentTarget.getBoundingClientRect();
    const { x, y } = toFlow({ x: event.clientX - left, y: event.clientY - top }, scale.current);
    void flow.setCenter(x, y, { zoom: flow.getZoom() });
  };
  return (
    <div
      className="loom-minimap nopan nowheel"
      role="img"
      aria-label={messages.minimapLabel}
      onPointerDown={look}
      onPointerMove={look}
    >
      <canvas ref={picture} />
      <div ref={frame} className="loom-minimap-view" />
    </div>
  );
}

function drawMap(
  canvas: HTMLCanvasElement,
  context: CanvasRenderingContext2D,
  nodes: readonly DrawnNode[],
  scale: MapScale,
  paint: (color: string) => string,
): void {
  const ratio = window.devicePixelRatio;
  canvas.width = SIZE.width * ratio;
  canvas.height = SIZE.height * ratio;
  context.scale(ratio, ratio);
  const fill = (drawn: readonly DrawnNode[], color: string) => {
    context.fillStyle = paint(color);
    for (const { position, width = 0, height = 0 } of drawn) {
      const box = toMap({ ...position, width, height }, scale);
      context.fillRect(box.x, box.y, Math.max(1, box.width), Math.max(1, box.height));
    }
  };
  // Containers are pale, so that what lies in them is seen.
  const isContainer = ({ dragHandle }: DrawnNode) => dragHandle !== undefined;
  fill(nodes.filter(isContainer), 'color-mix(in srgb, var(--loom-border-strong) 40%, transparent)');
  fill(
    nodes.filter((node) => !isContainer(node) && node.selected !== true),
    'var(--loom-border-strong)',
  );
  fill(
    nodes.filter((node) => !isContainer(node) && node.selected === true),
    'var(--loom-accent)',
  );
}
