import type { FlowDocument } from '@loom/graph';
import { type Node as DrawnNode, useReactFlow, useStoreApi } from '@xyflow/react';
import { type PointerEvent, type ReactNode, useEffect, useRef } from 'react';
import { useEditor } from '../editor/context.js';
import { type Box, boundsOf } from '../layout/box.js';
import { useMessages } from '../messages/messages.js';
import { watchTheme } from '../overview/watch-theme.js';
import { themePaint } from '../sharing/theme-paint.js';
import type { LoomState } from '../store/state.js';
import { drawnBoxes, nodeBoxes } from './drawn-place.js';
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
    let theme = themePaint(root);
    let shown: Shown | undefined;
    let bounds: Box | undefined;
    const draw = () => {
      timer = undefined;
      const state = store.getState();
      const next = { nodes: drawNodes(state), frames: state.flow.document.frames };
      if (!isSame(next, shown)) bounds = boundsOf(drawnBoxes(state, drawNodes));
      shown = next;
      root.hidden = bounds === undefined;
      scale.current = mapScale(bounds, viewBox());
      drawMap(canvas, context, shown, scale.current, theme.paint);
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
      const view = viewBox();
      // A map of what one sees as a whole says nothing, and would hide a corner of it.
      root.dataset.whole = String(bounds !== undefined && contains(view, bounds));
      const { x, y, width, height } = toMap(view, scale.current);
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
      store.subscribe((state) => {
        if (!isSame({ nodes: drawNodes(state), frames: state.flow.document.frames }, shown)) later();
      }),
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

function contains(outer: Box, { x, y, width, height }: Box): boolean {
  return x >= outer.x && y >= outer.y && x + width <= outer.x + outer.width && y + height <= outer.y + outer.height;
}

/** What a map was drawn from. */
interface Shown {
  readonly nodes: readonly DrawnNode[];
  readonly frames: FlowDocument['frames'];
}

function isSame(next: Shown, shown: Shown | undefined): boolean {
  return next.nodes === shown?.nodes && next.frames === shown.frames;
}

function drawMap(
  canvas: HTMLCanvasElement,
  context: CanvasRenderingContext2D,
  { nodes, frames }: Shown,
  scale: MapScale,
  paint: (color: string) => string,
): void {
  const ratio = window.devicePixelRatio;
  canvas.width = SIZE.width * ratio;
  canvas.height = SIZE.height * ratio;
  context.scale(ratio, ratio);
  const fill = (boxes: readonly Box[], color: string) => {
    context.fillStyle = paint(color);
    for (const each of boxes) {
      const box = toMap(each, scale);
      context.fillRect(box.x, box.y, Math.max(1, box.width), Math.max(1, box.height));
    }
  };
  for (const { position, size, color = 'var(--loom-accent)' } of Object.values(frames)) {
    fill([{ ...position, ...size }], `color-mix(in srgb, ${color} 30%, transparent)`);
  }
  // Containers are pale, so that what lies in them is seen.
  const isContainer = ({ dragHandle }: DrawnNode) => dragHandle !== undefined;
  const [containers, others] = [nodes.filter(isContainer), nodes.filter((node) => !isContainer(node))];
  fill(nodeBoxes(containers), 'color-mix(in srgb, var(--loom-border-strong) 40%, transparent)');
  fill(
    nodeBoxes(others.filter(({ selected }) => selected !== true)),
    'color-mix(in srgb, var(--loom-border-control) 75%, transparent)',
  );
  fill(nodeBoxes(others.filter(({ selected }) => selected === true)), 'var(--loom-accent)');
}
