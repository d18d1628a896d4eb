import { type EdgeId, type FlowDocument, type FlowFrame, type NodeId, type Size, topologicalOrder } from '@loom/graph';
import type { NodeModel, NodeModels } from '../canvas/node/node-model.js';
import { nodesIn } from '../frames/frame-contents.js';
import { foldText, matchText } from '../library/match.js';
import { type PortPlace, wiresAt } from '../ports/port-place.js';
import { childrenOf, containersOf, isContainer } from '../zones/containment.js';

interface RowBase {
  readonly key: string;
  /** Counted from 1. */
  readonly level: number;
  /** Undefined for a row that has nothing below it. */
  readonly isOpen: boolean | undefined;
  /** Its place among the rows beside it, counted from 1, and how many these are. */
  readonly place: number;
  readonly of: number;
}

/** One line of the outline. */
export type OutlineRow =
  | (RowBase & { readonly kind: 'frame'; readonly id: string; readonly frame: FlowFrame })
  | (RowBase & { readonly kind: 'node'; readonly id: NodeId; readonly model: NodeModel })
  | (RowBase & {
      readonly kind: 'port';
      readonly at: PortPlace;
      readonly model: NodeModel;
      readonly wires: readonly EdgeId[];
    })
  | (RowBase & { readonly kind: 'wire'; readonly at: PortPlace; readonly id: EdgeId });

/** What the rows are made of. */
export interface OutlineSource {
  readonly document: FlowDocument;
  readonly models: NodeModels;
  readonly sizeOf: (id: NodeId) => Size;
  /** Rows that one has opened or closed: each against how it stands at first. */
  readonly toggled: ReadonlySet<string>;
  /** Only nodes with this in their name, without their order in zones and frames. */
  readonly query: string;
}

/** The key of the row of a node, a frame, a port or a wire. */
export const rowKey = {
  node: (id: NodeId) => `node:${id}`,
  frame: (id: string) => `frame:${id}`,
  port: ({ node, port, side }: PortPlace) => `port:${JSON.stringify([node, side, port])}`,
  wire: ({ node, port, side }: PortPlace, id: EdgeId) => `wire:${JSON.stringify([node, side, port, id])}`,
};

/**
 * The lines of the outline: nodes in the order in which they run, those of a zone below it, those on a frame below that;
 * below each node its ports, and below these their wires. Frames and zones are open at first, all else is closed.
 */
export function outlineRows(source: OutlineSource): readonly OutlineRow[] {
  const { document, models } = source;
  const rows: OutlineRow[] = [];
  if (source.query.trim() !== '') {
    const term = foldText(source.query.trim());
    const found = [...models.values()].filter(({ title }) => matchText(foldText(title), term.text) !== undefined);
    for (const [index, model] of found.entries()) addNode(rows, source, model, 1, index + 1, found.length);
    return rows;
  }
  const order = inOrder(document);
  const framed = nodesByFrame(source);
  const loose = order.filter((id) => outermostKnown(document, id) && !framed.has(id));
  const frames = Object.entries(document.frames);
  const count = frames.length + loose.length;
  for (const [index, [id, frame]] of frames.entries()) {
    const inside = order.filter((node) => framed.get(node) === id);
    const key = rowKey.frame(id);
    const isOpen = inside.length === 0 ? undefined : !source.toggled.has(key);
    rows.push({ kind: 'frame', key, level: 1, isOpen, place: index + 1, of: count, id, frame });
    if (isOpen === true) addNodes(rows, source, inside, 2);
  }
  addNodes(rows, source, loose, 1, frames.length, count);
  return rows;
}

/** A node that lies in none, or in one that a torn file does not have. */
function outermostKnown(document: FlowDocument, id: NodeId): boolean {
  return containersOf(document.nodes, id).length === 0;
}

const orders = new WeakMap<
  FlowDocument['edges'],
  { readonly ids: readonly NodeId[]; readonly order: readonly NodeId[] }
>();

/** Nodes as they run; those of a circle, which only a torn file has, at the end. Kept while no wire changes. */
function inOrder(document: FlowDocument): readonly NodeId[] {
  const ids = Object.keys(document.nodes);
  const known = orders.get(document.edges);
  if (known?.ids.length === ids.length && known.ids.every((id, at) => id === ids[at])) return known.order;
  const { order } = topologicalOrder(document);
  const ordered = new Set(order);
  const all = [...order, ...ids.filter((id) => !ordered.has(id))];
  orders.set(document.edges, { ids, order: all });
  return all;
}

function nodesByFrame({ document, sizeOf }: OutlineSource): ReadonlyMap<NodeId, string> {
  const framed = new Map<NodeId, string>();
  for (const [id, frame] of Object.entries(document.frames)) {
    if (frame.kind !== 'frame') continue;
    for (const node of nodesIn(document.nodes, frame, sizeOf)) {
      if (document.nodes[node]?.parent === undefined && !framed.has(node)) framed.set(node, id);
    }
  }
  return framed;
}

function addNodes(
  rows: OutlineRow[],
  source: OutlineSource,
  ids: readonly NodeId[],
  level: number,
  before = 0,
  count = ids.length,
): void {
  for (const [index, id] of ids.entries()) {
    const model = source.models.get(id);
    if (model !== undefined) addNode(rows, source, model, level, before + index + 1, count);
  }
}

function addNode(
  rows: OutlineRow[],
  source: OutlineSource,
  model: NodeModel,
  level: number,
  place: number,
  of: number,
): void {
  const { document, toggled } = source;
  const key = rowKey.node(model.id);
  const inside = childrenOf(document.nodes, model.id);
  const count = model.inputs.length + model.outputs.length + inside.length;
  const isOpen = count === 0 ? undefined : isContainer(model.node) !== toggled.has(key);
  rows.push({ kind: 'node', key, level, isOpen, place, of, id: model.id, model });
  if (isOpen !== true) return;
  const ports: readonly PortPlace[] = [
    ...model.inputs.map(({ id }) => ({ node: model.id, port: id, side: 'target' as const })),
    ...model.outputs.map(({ id }) => ({ node: model.id, port: id, side: 'source' as const })),
  ];
  for (const [index, at] of ports.entries()) addPort(rows, source, model, at, level + 1, index + 1, count);
  // As they run, like all others.
  const ordered = inside.length < 2 ? inside : topologicalOrder(document, inside).order;
  addNodes(rows, source, ordered.length === inside.length ? ordered : inside, level + 1, ports.length, count);
}

function addPort(
  rows: OutlineRow[],
  { document, toggled }: OutlineSource,
  model: NodeModel,
  at: PortPlace,
  level: number,
  place: number,
  of: number,
): void {
  const key = rowKey.port(at);
  const wires = wiresAt(document, at);
  const isOpen = wires.length === 0 ? undefined : toggled.has(key);
  rows.push({ kind: 'port', key, level, isOpen, place, of, at, model, wires });
  if (isOpen !== true) return;
  for (const [index, id] of wires.entries()) {
    const wire = rowKey.wire(at, id);
    rows.push({
      kind: 'wire',
      key: wire,
      level: level + 1,
      isOpen: undefined,
      place: index + 1,
      of: wires.length,
      at,
      id,
    });
  }
}
