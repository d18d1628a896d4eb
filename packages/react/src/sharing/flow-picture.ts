import { type FlowFrame, LoomError, type Position } from '@loom/graph';
import type { Node as DrawnNode } from '@xyflow/react';
import { createCanvasEdges, type EdgeData } from '../canvas/canvas-edges.js';
import { createCanvasNodes } from '../canvas/canvas-nodes.js';
import type { NodeModels } from '../canvas/node/node-model.js';
import { shownRun } from '../run/shown-run.js';
import { initialSession } from '../store/session.js';
import type { LoomState } from '../store/state.js';
import { portPlace } from '../wires/port-place.js';
import { wireCourse, wirePath } from '../wires/wire-course.js';
import { drawNode, FONT, label, markup, type Paint } from './node-picture.js';

/** Room around the flow, in flow units. */
const MARGIN = 40;

/** A drawing of a flow. */
export interface FlowPicture {
  readonly svg: string;
  readonly width: number;
  readonly height: number;
}

/**
 * Draws a flow with the results that it shows, as it stands on the canvas, whatever is in view. Text in `metadata` is put
 * in as it is.
 *
 * @throws LoomError `sharing/empty` when there is nothing to draw
 */
export function drawFlow(
  state: LoomState,
  models: (flow: LoomState['flow']) => NodeModels,
  paint: Paint,
  metadata = '',
): FlowPicture {
  const { document } = state.flow;
  const still: LoomState = { ...state, session: { ...initialSession, frames: state.session.frames } };
  const nodes = createCanvasNodes(models)(still);
  const edges = createCanvasEdges(models, () => '')(still);
  const frames = Object.values(document.frames);
  const boxes = [...nodes.map(boxOf), ...frames.map(({ position, size }) => ({ ...position, ...size }))];
  if (boxes.length === 0) throw new LoomError('sharing/empty', 'An empty flow has no picture. Add a node first.');
  const left = Math.min(...boxes.map(({ x }) => x)) - MARGIN;
  const top = Math.min(...boxes.map(({ y }) => y)) - MARGIN;
  const width = Math.ceil(Math.max(...boxes.map((box) => box.x + box.width)) + MARGIN - left);
  const height = Math.ceil(Math.max(...boxes.map((box) => box.y + box.height)) + MARGIN - top);
  const known = models(state.flow);
  const places = new Map(nodes.map((node) => [node.id, node]));
  const layers = [
    ...nodes.flatMap((node) => {
      const model = known.get(node.id);
      if (model === undefined) return [];
      return { layer: node.zIndex ?? 0, svg: drawNode(node, model, shownRun(state, node.id), paint) };
    }),
    ...edges.map((edge) => ({
      layer: edge.zIndex ?? 0,
      svg: drawWire(
        portPlace(places.get(edge.source), 'source', edge.sourceHandle),
        portPlace(places.get(edge.target), 'target', edge.targetHandle),
        edge.data,
        paint(edge.data?.color ?? ''),
      ),
    })),
  ].sort((a, b) => a.layer - b.layer);
  const svg = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="${left} ${top} ${width} ${height}" font-family="${markup(FONT)}">`,
    metadata,
    `<title>${markup(document.title ?? '')}</title>`,
    `<rect x="${left}" y="${top}" width="${width}" height="${height}" fill="${paint('var(--loom-bg)')}"/>`,
    ...frames.map((frame) => drawFrame(frame, paint)),
    ...layers.map((layer) => layer.svg),
    '</svg>',
  ].join('\n');
  return { svg, width, height };
}

function boxOf({ position: { x, y }, width = 0, height = 0 }: DrawnNode) {
  return { x, y, width, height };
}

function drawWire(
  from: Position | undefined,
  to: Position | undefined,
  data: EdgeData | undefined,
  color: string,
): string {
  if (from === undefined || to === undefined) return '';
  return `<path d="${wirePath(wireCourse(from, to, data?.points, data?.inside))}" fill="none" stroke="${color}" stroke-width="2"/>`;
}

/** A titled rectangle, or the beginning of a note. */
function drawFrame({ position: { x, y }, size: { width, height }, title, text }: FlowFrame, paint: Paint): string {
  const lines = [title, ...(text ?? '').split('\n')].filter((line): line is string => typeof line === 'string');
  const room = Math.max(0, Math.floor((height - 16) / 18));
  return [
    `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="8" fill="${paint('var(--loom-surface-sunken)')}" stroke="${paint('var(--loom-border-strong)')}"/>`,
    ...lines
      .slice(0, room)
      .map((line, at) =>
        label(line, { x: x + 12, y: y + 22 + at * 18, width: width - 24, color: paint('var(--loom-text-muted)') }),
      ),
  ].join('');
}
