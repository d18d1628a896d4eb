import type { InputPort, OutputPort, PortId, Size } from '@loom/graph';
import { showsWidget } from './inline-widget.js';
import { titleWidth } from './title-width.js';

/** Heights and widths in flow units. They are known without measuring, so that what is off screen need not be drawn. */
export const HEADER_HEIGHT = 32;
export const ROW_HEIGHT = 28;
export const TALL_ROW_HEIGHT = 84;
export const ROWS_PADDING = 4;
export const DEFAULT_WIDTH = 232;
export const MIN_WIDTH = 160;
/** A long title makes a node as wide as this, and is cut after it: nodes that stand side by side must not touch. */
export const MAX_TITLED_WIDTH = 272;
/** Beside a title: the button that folds, the state and its time. */
const HEADER_FURNITURE = 92;
const WIDTH_STEP = 8;
/** The drawn port, and the part of the node's edge that takes the pointer. */
export const HANDLE_SIZE = 16;

/** Where a port sits, relative to the node. */
export interface HandlePlace {
  readonly id: PortId;
  readonly side: 'source' | 'target';
  /** The middle of the port. */
  readonly x: number;
  readonly y: number;
  /** It faces the body of a zone. */
  readonly inner?: boolean;
}

/** The measures of a node. */
export interface NodeGeometry {
  readonly width: number;
  readonly height: number;
  readonly previewHeight: number;
  readonly handles: readonly HandlePlace[];
}

/** What a geometry depends on. */
export interface GeometryInput {
  readonly title: string;
  readonly inputs: readonly InputPort[];
  readonly outputs: readonly OutputPort[];
  readonly connected: ReadonlySet<PortId>;
  readonly size: Size | undefined;
  readonly collapsed: boolean;
  /** What the preview wants; a size that someone chose wins. 0 shows none. */
  readonly previewHeight: number;
}

/** The height of the row of an input: a text of several lines needs room for its field. */
export function inputRowHeight(port: InputPort, connected: boolean): number {
  return !connected && showsWidget(port) === 'tall' ? TALL_ROW_HEIGHT : ROW_HEIGHT;
}

/** The smallest height that shows every port. */
export function bodyHeight({ inputs, outputs, connected, collapsed }: GeometryInput): number {
  if (collapsed) return HEADER_HEIGHT;
  return HEADER_HEIGHT + rowsHeight({ inputs, outputs, connectedInputs: connected });
}

/** The height of the rows of all ports. */
export function rowsHeight({
  inputs,
  outputs,
  connectedInputs,
}: Pick<GeometryInput, 'inputs' | 'outputs'> & { readonly connectedInputs: ReadonlySet<PortId> }): number {
  const rows =
    outputs.length * ROW_HEIGHT +
    inputs.reduce((sum, port) => sum + inputRowHeight(port, connectedInputs.has(port.id)), 0);
  return rows === 0 ? 0 : rows + 2 * ROWS_PADDING;
}

/**
 * Places header, outputs, inputs and preview of a node, from top to bottom. Nodes of one type that nobody has given a size
 * share what they have in common: of ten thousand nodes hardly a dozen differ.
 */
export function nodeGeometry(input: GeometryInput): NodeGeometry {
  const width = Math.max(MIN_WIDTH, input.size?.width ?? widthFor(input.title));
  if (input.size !== undefined) return place(input, width);
  const alike = geometriesOf(input);
  const key = [width, input.collapsed, input.previewHeight, ...input.connected].join('\0');
  const known = alike.get(key);
  if (known !== undefined) return known;
  const geometry = place(input, width);
  if (alike.size < MOST_ALIKE) alike.set(key, geometry);
  return geometry;
}

/** More than any type has: by the ports that are connected, and by the height of what they show. */
const MOST_ALIKE = 1000;
const geometries = new WeakMap<readonly InputPort[], WeakMap<readonly OutputPort[], Map<string, NodeGeometry>>>();

/** What is known of nodes with these ports. */
function geometriesOf({ inputs, outputs }: GeometryInput): Map<string, NodeGeometry> {
  const ofInputs = geometries.get(inputs) ?? new WeakMap<readonly OutputPort[], Map<string, NodeGeometry>>();
  geometries.set(inputs, ofInputs);
  const alike = ofInputs.get(outputs) ?? new Map<string, NodeGeometry>();
  ofInputs.set(outputs, alike);
  return alike;
}

function place(input: GeometryInput, width: number): NodeGeometry {
  const body = bodyHeight(input);
  const wanted = input.collapsed ? 0 : input.previewHeight;
  const height = input.collapsed ? body : Math.max(body, input.size?.height ?? body + wanted);
  return { width, height, previewHeight: height - body, handles: placeHandles(input, width) };
}

function widthFor(title: string): number {
  const wanted = Math.ceil((titleWidth(title) + HEADER_FURNITURE) / WIDTH_STEP) * WIDTH_STEP;
  return Math.min(MAX_TITLED_WIDTH, Math.max(DEFAULT_WIDTH, wanted));
}

function placeHandles(input: GeometryInput, width: number): HandlePlace[] {
  const handles: HandlePlace[] = [];
  let top = HEADER_HEIGHT + ROWS_PADDING;
  const middle = HEADER_HEIGHT / 2;
  for (const port of input.outputs) {
    handles.push({ id: port.id, side: 'source', x: width, y: input.collapsed ? middle : top + ROW_HEIGHT / 2 });
    top += ROW_HEIGHT;
  }
  for (const port of input.inputs) {
    handles.push({ id: port.id, side: 'target', x: 0, y: input.collapsed ? middle : top + ROW_HEIGHT / 2 });
    top += inputRowHeight(port, input.connected.has(port.id));
  }
  return handles;
}
