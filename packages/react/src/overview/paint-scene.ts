import type { FlowFrame } from '@loom/graph';
import type { Box } from '../layout/box.js';
import { HEADER_HEIGHT } from '../layout/node-geometry.js';
import { titleWidth } from '../layout/title-width.js';
import type { Scene } from './scene.js';
import type { SceneFrame, SceneNode, SceneWire } from './scene-items.js';
import type { Tone } from './tone.js';

/** What a CSS colour is in the end. Canvases know no variables. */
export type Paint = (color: string) => string;

/** In pixels. */
const FRAME_LABEL = 12;
const LEAST_LABEL = 4;
/** A title of a node in flow units, as far as one can read it. */
const NODE_LABEL = 16;
/** The type that titles are estimated in; see `titleWidth`. */
const ESTIMATED_SIZE = 12;
/** Wires of one colour are drawn together; too many at once make a long path that is slow to fill. */
const BATCH = 64;
/** Below this zoom a header is less than a pixel high. */
const DOT_ZOOM = 0.04;
/** Below this zoom a curve looks like a line. */
const CURVED_ZOOM = 0.08;

/** States that fill the whole node: what one looks for from far. Others leave it at a strip. */
const LOUD: ReadonlySet<Tone> = new Set(['running', 'error']);
const COLORS: Readonly<Record<Exclude<Tone, 'idle'>, string>> = {
  queued: 'var(--loom-state-queued)',
  running: 'var(--loom-state-running)',
  success: 'var(--loom-state-success)',
  error: 'var(--loom-state-error)',
  skipped: 'var(--loom-state-skipped)',
  cancelled: 'var(--loom-state-cancelled)',
  stale: 'var(--loom-state-stale)',
  missing: 'var(--loom-warning)',
  listening: 'var(--loom-accent)',
};

/** What the picture is painted with. */
export interface PaintOptions {
  readonly scene: Scene;
  /** The part that is painted, in flow units. */
  readonly area: Box;
  readonly zoom: number;
  readonly paint: Paint;
  readonly fontFamily: string;
}

/** Paints a part of the scene. The context already maps flow units to the picture. */
export function paintScene(context: CanvasRenderingContext2D, options: PaintOptions): void {
  const { scene, area, zoom } = options;
  const nodes = scene.nodesIn(area);
  const wires = scene.wiresIn(area);
  for (const frame of scene.frames) paintFrame(context, frame, options);
  for (const node of nodes) if (node.open) paintContainer(context, node, options);
  paintWires(
    context,
    wires.filter(({ selected }) => !selected),
    options,
  );
  paintWires(
    context,
    wires.filter(({ selected }) => selected),
    options,
  );
  const closed = nodes.filter(({ open }) => !open);
  if (zoom < DOT_ZOOM) paintDots(context, closed, options);
  else {
    const isLabelled = NODE_LABEL * zoom >= LEAST_LABEL;
    for (const node of closed) {
      paintNode(context, node, options);
      if (isLabelled) paintLabel(context, node.title, node, NODE_LABEL, options);
    }
  }
  for (const { frame, ...box } of scene.frames) paintTitle(context, frameTitle(frame), box, options);
  for (const node of nodes) if (node.open) paintTitle(context, node.title, node, options);
}

/** From very far a node is a spot of one colour: those of the same colour are painted together, which is much faster. */
function paintDots(
  context: CanvasRenderingContext2D,
  nodes: readonly SceneNode[],
  { paint, zoom }: PaintOptions,
): void {
  const byColor = new Map<string, SceneNode[]>();
  for (const node of nodes) {
    const color = node.selected
      ? 'var(--loom-accent)'
      : node.tone === 'idle'
        ? tint(node.hue, node.faint ? 25 : 55)
        : LOUD.has(node.tone)
          ? COLORS[node.tone]
          : tint(COLORS[node.tone], 65);
    const alike = byColor.get(color);
    if (alike === undefined) byColor.set(color, [node]);
    else alike.push(node);
  }
  const least = 1.5 / zoom;
  for (const [color, alike] of byColor) {
    context.fillStyle = paint(color);
    for (const { x, y, width, height } of alike) {
      context.fillRect(x, y, Math.max(width, least), Math.max(height, least));
    }
  }
}

function paintNode(context: CanvasRenderingContext2D, node: SceneNode, { zoom, paint }: PaintOptions): void {
  const { x, y, width, height, tone } = node;
  const line = 1 / zoom;
  const color = tone === 'idle' ? undefined : COLORS[tone];
  context.globalAlpha = node.faint ? 0.5 : 1;
  context.fillStyle = paint(node.selected ? 'var(--loom-accent)' : 'var(--loom-border-strong)');
  const rim = node.selected ? 2.5 * line : line;
  context.fillRect(x - rim, y - rim, width + 2 * rim, height + 2 * rim);
  context.fillStyle = paint(LOUD.has(tone) && color !== undefined ? color : 'var(--loom-surface)');
  context.fillRect(x, y, width, height);
  if (!LOUD.has(tone)) {
    context.fillStyle = paint(tint(node.hue, 24));
    context.fillRect(x, y, width, HEADER_HEIGHT);
  }
  context.fillStyle = paint(node.hue);
  context.fillRect(x, y, width, Math.max(4, line));
  if (color !== undefined && !LOUD.has(tone)) {
    const strip = Math.max(12, 2 * line);
    context.fillStyle = paint(color);
    context.fillRect(x, y + height - strip, width, strip);
  }
  context.globalAlpha = 1;
}

function paintContainer(context: CanvasRenderingContext2D, node: SceneNode, options: PaintOptions): void {
  const { x, y, width, height, tone } = node;
  const { zoom, paint } = options;
  context.fillStyle = paint(faded(node.hue, 7));
  context.fillRect(x, y, width, height);
  context.fillStyle = paint(tint(node.hue, 24));
  context.fillRect(x, y, width, HEADER_HEIGHT);
  const color = tone === 'idle' ? node.hue : COLORS[tone];
  context.strokeStyle = paint(node.selected ? 'var(--loom-accent)' : color);
  context.lineWidth = (node.selected ? 2.5 : 1) / zoom;
  context.strokeRect(x, y, width, height);
}

function paintFrame(
  context: CanvasRenderingContext2D,
  { x, y, width, height, frame, selected }: SceneFrame,
  options: PaintOptions,
) {
  const { zoom, paint } = options;
  const color = frame.color ?? 'var(--loom-accent)';
  context.fillStyle = paint(faded(color, 8));
  context.fillRect(x, y, width, height);
  context.strokeStyle = paint(selected ? 'var(--loom-accent)' : faded(color, 55));
  context.lineWidth = (selected ? 2.5 : 1.5) / zoom;
  context.strokeRect(x, y, width, height);
}

function frameTitle({ title, text }: FlowFrame): string {
  return title ?? text?.replace(/^[#>*\s-]+/, '').split('\n', 1)[0] ?? '';
}

/** The title of a frame or container, which one can read however far away it is. There it stands above, as on a map. */
function paintTitle(context: CanvasRenderingContext2D, title: string, box: Box, options: PaintOptions): void {
  const size = Math.max(NODE_LABEL, FRAME_LABEL / options.zoom);
  const top = size > NODE_LABEL ? box.y - size * 1.3 : box.y;
  context.strokeStyle = options.paint('var(--loom-bg)');
  context.lineWidth = size / 4;
  paintLabel(context, title, { ...box, y: top, height: size }, size, options, true);
}

/** A title in the upper corner of a box, as much of it as there is room for. */
function paintLabel(
  context: CanvasRenderingContext2D,
  text: string,
  { x, y, width, height }: Box,
  size: number,
  { paint, fontFamily }: PaintOptions,
  hasHalo = false,
): void {
  const shown = height < size ? '' : cut(text, ((width - size) * ESTIMATED_SIZE) / size);
  if (shown === '') return;
  context.font = `600 ${size}px ${fontFamily}`;
  context.textBaseline = 'middle';
  context.textAlign = 'left';
  context.fillStyle = paint('var(--loom-text)');
  const [left, middle] = [x + size / 2, y + Math.max(HEADER_HEIGHT, height) / 2];
  if (hasHalo) context.strokeText(shown, left, middle);
  context.fillText(shown, left, middle);
}

function cut(text: string, room: number): string {
  if (titleWidth(text) <= room) return text;
  let shown = '';
  for (const character of text) {
    if (titleWidth(shown + character) + titleWidth('…') > room) break;
    shown += character;
  }
  return shown === '' ? '' : `${shown}…`;
}

function paintWires(context: CanvasRenderingContext2D, wires: readonly SceneWire[], options: PaintOptions): void {
  const { zoom, paint } = options;
  const byLook = new Map<string, SceneWire[]>();
  for (const wire of wires) {
    const key = wire.selected ? 'selected' : `${wire.flow} ${wire.color}`;
    const alike = byLook.get(key);
    if (alike === undefined) byLook.set(key, [wire]);
    else alike.push(wire);
  }
  for (const alike of byLook.values()) {
    const [first] = alike;
    if (first === undefined) continue;
    const { flow, selected, color } = first;
    context.strokeStyle = paint(selected ? 'var(--loom-accent)' : flow === 'gone' ? 'var(--loom-danger)' : color);
    context.lineWidth = Math.max(2, (selected || flow === 'running' ? 2 : 1) / zoom);
    context.globalAlpha = flow === 'skipped' ? 0.45 : selected || flow === 'running' ? 1 : 0.85;
    context.setLineDash(flow === 'gone' || flow === 'skipped' ? [3 / zoom, 4 / zoom] : []);
    for (let at = 0; at < alike.length; at += BATCH) {
      context.beginPath();
      for (const { course } of alike.slice(at, at + BATCH)) {
        for (const { from, leave, arrive, to } of course) {
          context.moveTo(from.x, from.y);
          if (zoom < CURVED_ZOOM) context.lineTo(to.x, to.y);
          else context.bezierCurveTo(leave.x, leave.y, arrive.x, arrive.y, to.x, to.y);
        }
      }
      context.stroke();
    }
  }
  context.setLineDash([]);
  context.globalAlpha = 1;
}

function tint(color: string, percent: number): string {
  return `color-mix(in srgb, ${color} ${percent}%, var(--loom-surface))`;
}

function faded(color: string, percent: number): string {
  return `color-mix(in srgb, ${color} ${percent}%, transparent)`;
}
