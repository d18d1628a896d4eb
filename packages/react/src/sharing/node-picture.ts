import type { NodeRunState, Preview } from '@loom/engine';
import type { InputPort, Json } from '@loom/graph';
import type { Node as DrawnNode } from '@xyflow/react';
import { categoryHue } from '../canvas/node/category-hue.js';
import type { NodeModel } from '../canvas/node/node-model.js';
import { shownOutput, wantedPreviewHeight } from '../canvas/node/shown-output.js';
import { DEFAULT_WIDTH, HEADER_HEIGHT } from '../layout/node-geometry.js';
import { titleWidth } from '../layout/title-width.js';
import { portLook } from '../styles/port-look.js';
import { isContainer } from '../zones/containment.js';

/** What a CSS colour of the theme is in the end: a drawing on its own knows no theme. */
export type Paint = (color: string) => string;

export const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, sans-serif';
const MONO = 'ui-monospace, Menlo, Consolas, monospace';
const PORT_RADIUS = 5;
/** Of its title widths the drawing takes a little less for plain text. */
const PLAIN_WIDTH = 0.95;
const LINE_HEIGHT = 17;

/** Text that is safe inside a drawing, without what XML cannot say. */
export function markup(text: string): string {
  return text
    .replace(/[^\t\n\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

interface LabelOptions {
  /** Where it starts, or where it ends when `end` is set. */
  readonly x: number;
  /** The line that letters stand on. */
  readonly y: number;
  readonly width: number;
  readonly color: string;
  readonly end?: boolean;
  readonly strong?: boolean;
  readonly mono?: boolean;
}

/** One line of text, cut to a width. */
export function label(text: string, { x, y, width, color, end, strong, mono }: LabelOptions): string {
  const style = [
    end === true ? ' text-anchor="end"' : '',
    strong === true ? ' font-weight="600"' : '',
    mono === true ? ` font-family="${markup(MONO)}"` : '',
  ].join('');
  return `<text x="${x}" y="${y}" font-size="12" fill="${color}"${style}>${markup(cut(text, width))}</text>`;
}

function cut(text: string, width: number): string {
  const room = width / PLAIN_WIDTH;
  let shown = text.replace(/\s+/g, ' ').slice(0, 400);
  if (titleWidth(shown) <= room) return shown;
  while (shown !== '' && titleWidth(shown) + 10 > room) shown = shown.slice(0, -1);
  return `${shown.trimEnd()}…`;
}

/** A node as the canvas has it: header, ports with their values, and its result. */
export function drawNode(node: DrawnNode, model: NodeModel, run: NodeRunState | undefined, paint: Paint): string {
  const { x, y } = node.position;
  const { width = 0, height = 0 } = node;
  const hue = paint(model.node.view?.color ?? categoryHue(model.type?.category));
  const zone = isContainer(model.node);
  const [surface, text] = [paint('var(--loom-surface)'), paint('var(--loom-text)')];
  const parts = [
    `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="8" fill="${surface}" fill-opacity="${zone ? 0.5 : 1}"/>`,
    `<path d="M${x} ${y + HEADER_HEIGHT}v${8 - HEADER_HEIGHT}a8 8 0 0 1 8 -8h${width - 16}a8 8 0 0 1 8 8v${HEADER_HEIGHT - 8}z" fill="${hue}" fill-opacity="0.13"/>`,
    `<path d="M${x + 3} ${y + 3}a8 8 0 0 1 5 -3h${width - 16}a8 8 0 0 1 5 3z" fill="${hue}"/>`,
    label(model.title, { x: x + 12, y: y + 21, width: width - 24, color: text, strong: true }),
  ];
  if (model.node.view?.collapsed !== true) parts.push(...drawRows(node, model, paint));
  const wanted = wantedPreviewHeight(model, run);
  const shown = shownOutput(model, run);
  if (!zone && shown !== undefined && wanted > 0) {
    const top = y + height - wanted;
    parts.push(
      `<path d="M${x} ${top}h${width}v${wanted - 8}a8 8 0 0 1 -8 8h${16 - width}a8 8 0 0 1 -8 -8z" fill="${paint('var(--loom-surface-sunken)')}"/>`,
      drawPreview(shown.summary.preview, { x: x + 8, y: top + 6, width: width - 16, height: wanted - 12 }, paint),
    );
  }
  const dashes = model.type === undefined ? ' stroke-dasharray="5 4"' : '';
  parts.push(
    `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="8" fill="none" stroke="${paint('var(--loom-border-strong)')}"${dashes}/>`,
  );
  for (const handle of node.handles ?? []) {
    const port = (handle.type === 'source' ? model.outputs : model.inputs).find(({ id }) => id === handle.id);
    const [cx, cy] = [x + handle.x + (handle.width ?? 0) / 2, y + handle.y + (handle.height ?? 0) / 2];
    const color = paint(portLook(port?.type ?? { kind: 'any' }).color);
    parts.push(
      `<circle cx="${cx}" cy="${cy}" r="${PORT_RADIUS}" fill="${color}" stroke="${surface}" stroke-width="1.5"/>`,
    );
  }
  return `<g>${parts.join('')}</g>`;
}

function* drawRows(node: DrawnNode, model: NodeModel, paint: Paint): Iterable<string> {
  const width = node.width ?? 0;
  const muted = paint('var(--loom-text-muted)');
  for (const { id, type, x, y, width: size = 0, height = 0 } of node.handles ?? []) {
    const port = model[type === 'source' ? 'outputs' : 'inputs'].find((candidate) => candidate.id === id);
    if (port === undefined) continue;
    const [middle, line] = [node.position.x + x + size / 2, node.position.y + y + height / 2 + 4];
    if (type === 'source') {
      yield label(port.title, { x: middle - 12, y: line, width: width / 2, color: muted, end: true });
      continue;
    }
    yield label(port.title, { x: middle + 12, y: line, width: width / 2 - 16, color: muted });
    const value = literalOf(model, port);
    if (value === undefined || model.connectedInputs.has(port.id)) continue;
    // At the right of a zone its own outputs stand beside its inputs.
    const end = node.position.x + (isContainer(model.node) ? Math.min(width / 2, DEFAULT_WIDTH) : width) - 12;
    yield label(value, { x: end, y: line, width: width / 2 - 8, color: paint('var(--loom-text)'), end: true });
  }
}

function literalOf({ node }: NodeModel, port: Pick<InputPort, 'id' | 'default'>): string | undefined {
  const value: Json | undefined = node.inputs?.[port.id] ?? port.default;
  return value === undefined ? undefined : typeof value === 'string' ? value : JSON.stringify(value);
}

interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A result that is a picture as it is; of others the beginning of their text. */
function drawPreview({ data }: Preview, { x, y, width, height }: Area, paint: Paint): string {
  const [mime] = Object.keys(data);
  const form = mime === undefined ? undefined : data[mime];
  if (typeof form === 'string' && (mime === 'image/png' || mime === 'image/jpeg')) {
    return image(`data:${mime};base64,${form.replace(/[^A-Za-z0-9+/=]/g, '')}`, { x, y, width, height });
  }
  if (typeof form === 'string' && mime === 'image/svg+xml') {
    const named = /\sxmlns\s*=/.test(form) ? form : form.replace(/<svg\b/i, '<svg xmlns="http://www.w3.org/2000/svg"');
    return image(`data:image/svg+xml;charset=utf-8,${encodeURIComponent(named)}`, { x, y, width, height });
  }
  const text = data['text/plain'];
  if (typeof text !== 'string') return '';
  const lines = text.split('\n').slice(0, Math.max(1, Math.floor(height / LINE_HEIGHT)));
  const color = paint('var(--loom-text)');
  return lines
    .map((line, at) => label(line, { x: x + 4, y: y + 14 + at * LINE_HEIGHT, width: width - 8, color, mono: true }))
    .join('');
}

function image(source: string, { x, y, width, height }: Area): string {
  const frame = `x="${x}" y="${y}" width="${width}" height="${height}"`;
  return `<rect ${frame} fill="#ffffff"/><image ${frame} href="${markup(source)}"/>`;
}
