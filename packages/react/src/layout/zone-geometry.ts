import type { InputPort, OutputPort, PortId, Size } from '@loom/graph';
import {
  type HandlePlace,
  HEADER_HEIGHT,
  inputRowHeight,
  type NodeGeometry,
  ROW_HEIGHT,
  ROWS_PADDING,
} from './node-geometry.js';

/** How far the inner ports of a zone stand in from its sides, in flow units: room for their names. */
export const RAIL_WIDTH = 96;
/** Between what lies in a zone and its edges. */
export const ZONE_PADDING = 24;
const MIN_ZONE_WIDTH = 320;
const DEFAULT_ZONE_WIDTH = 440;
const MIN_BODY_HEIGHT = 96;
const DEFAULT_BODY_HEIGHT = 168;
/** Of the result of a zone only a strip is shown below the body: the body is what one works in. */
const HIGHEST_ZONE_PREVIEW = 72;

/** Where wires from outside end that lead to what a folded zone hides. */
export const FOLDED_BODY_PORT: PortId = 'loom:body';

/** What the geometry of a zone depends on. */
export interface ZoneGeometryInput {
  readonly inputs: readonly InputPort[];
  readonly outputs: readonly OutputPort[];
  readonly connected: ReadonlySet<PortId>;
  readonly size: Size | undefined;
  readonly collapsed: boolean;
  readonly previewHeight: number;
  /** How far what lies in the zone reaches to the right and down from its corner; undefined when nothing does. */
  readonly content: { readonly right: number; readonly bottom: number } | undefined;
}

/** The height of header and outer ports: the body of a zone begins below. */
export function zoneHeadHeight({
  inputs,
  outputs,
  connected,
}: Pick<ZoneGeometryInput, 'inputs' | 'outputs' | 'connected'>): number {
  const left = inputs
    .filter(({ inner }) => inner !== true)
    .reduce((sum, port) => sum + inputRowHeight(port, connected.has(port.id)), 0);
  const right = outputs.filter(({ inner }) => inner !== true).length * ROW_HEIGHT;
  const rows = Math.max(left, right);
  return HEADER_HEIGHT + (rows === 0 ? 0 : rows + 2 * ROWS_PADDING);
}

/** How high the strip with the result of a zone is. */
export function zonePreviewHeight(wanted: number): number {
  return Math.min(wanted, HIGHEST_ZONE_PREVIEW);
}

/**
 * Places the ports of a zone: outer ones at its sides below the header, inner ones within, facing the body. A zone is never
 * smaller than what lies in it.
 */
export function zoneGeometry(input: ZoneGeometryInput): NodeGeometry {
  const { inputs, outputs, size, content, collapsed } = input;
  const head = zoneHeadHeight(input);
  const inner = Math.max(
    inputs.filter((port) => port.inner === true).length,
    outputs.filter((port) => port.inner === true).length,
  );
  const preview = collapsed ? 0 : zonePreviewHeight(input.previewHeight);
  const fitWidth = content === undefined ? DEFAULT_ZONE_WIDTH : content.right + RAIL_WIDTH + ZONE_PADDING;
  const width = Math.ceil(
    Math.max(MIN_ZONE_WIDTH, size?.width ?? fitWidth, collapsed ? 0 : (content?.right ?? 0) + ZONE_PADDING),
  );
  if (collapsed) {
    return { width: MIN_ZONE_WIDTH, height: HEADER_HEIGHT, previewHeight: 0, handles: foldedHandles(input) };
  }
  const rails = inner * ROW_HEIGHT + 2 * ROWS_PADDING;
  const body = size === undefined && content === undefined ? DEFAULT_BODY_HEIGHT : MIN_BODY_HEIGHT;
  const height = Math.ceil(
    Math.max(
      head + Math.max(rails, body) + preview,
      size?.height ?? 0,
      (content === undefined ? 0 : content.bottom + ZONE_PADDING) + preview,
    ),
  );
  return { width, height, previewHeight: preview, handles: placeHandles(input, width, head) };
}

function placeHandles({ inputs, outputs, connected }: ZoneGeometryInput, width: number, head: number): HandlePlace[] {
  const top = HEADER_HEIGHT + ROWS_PADDING;
  const handles: HandlePlace[] = [];
  let [outer, inner] = [top, head + ROWS_PADDING];
  for (const { id, inner: isInner } of outputs) {
    handles.push({
      id,
      side: 'source',
      x: isInner === true ? RAIL_WIDTH : width,
      y: (isInner === true ? inner : outer) + ROW_HEIGHT / 2,
      inner: isInner === true,
    });
    if (isInner === true) inner += ROW_HEIGHT;
    else outer += ROW_HEIGHT;
  }
  [outer, inner] = [top, head + ROWS_PADDING];
  for (const port of inputs) {
    const isInner = port.inner === true;
    handles.push({
      id: port.id,
      side: 'target',
      x: isInner ? width - RAIL_WIDTH : 0,
      y: (isInner ? inner : outer) + ROW_HEIGHT / 2,
      inner: isInner,
    });
    if (isInner) inner += ROW_HEIGHT;
    else outer += inputRowHeight(port, connected.has(port.id));
  }
  return handles;
}

function foldedHandles({ inputs, outputs }: ZoneGeometryInput): HandlePlace[] {
  const y = HEADER_HEIGHT / 2;
  return [
    ...outputs.map(({ id }): HandlePlace => ({ id, side: 'source', x: MIN_ZONE_WIDTH, y })),
    ...inputs.map(({ id }): HandlePlace => ({ id, side: 'target', x: 0, y })),
    { id: FOLDED_BODY_PORT, side: 'target', x: 0, y },
  ];
}
