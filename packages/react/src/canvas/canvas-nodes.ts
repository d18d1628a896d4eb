import type { NodeRunState } from '@loom/engine';
import type { NodeId, Position, Size } from '@loom/graph';
import type { Node as DrawnNode } from '@xyflow/react';
import { type HandlePlace, type NodeGeometry, nodeGeometry } from '../layout/node-geometry.js';
import { zoneGeometry } from '../layout/zone-geometry.js';
import { shownRun } from '../run/shown-run.js';
import type { SessionState } from '../store/session.js';
import type { LoomState } from '../store/state.js';
import { childrenOf, containersOf, isContainer } from '../zones/containment.js';
import { drawnNode } from './drawn-node.js';
import { containerLayer, nodeLayer } from './layers.js';
import type { NodeModel, NodeModels } from './node/node-model.js';
import { wantedPreviewHeight } from './node/shown-output.js';

const NONE: readonly NodeId[] = [];

interface Content {
  readonly right: number;
  readonly bottom: number;
}

interface Entry {
  readonly model: NodeModel;
  readonly run: NodeRunState | undefined;
  readonly resized: Size | undefined;
  readonly content: Content | undefined;
  readonly geometry: NodeGeometry;
  readonly selected: boolean;
  readonly position: Position;
  readonly layer: number;
  readonly drawn: DrawnNode;
}

/** Gives the list of what is drawn of a state. */
export interface CanvasNodes {
  (state: LoomState): DrawnNode[];
  /** A node of the list that was given last. */
  byId(id: NodeId): DrawnNode | undefined;
}

/**
 * Makes the function that gives the canvas library its list of nodes. Sizes and ports are computed, not measured. What
 * has not changed keeps its identity, and so does the list. What lies in a folded container is left out.
 */
export function createCanvasNodes(models: (flow: LoomState['flow']) => NodeModels): CanvasNodes {
  let last: LoomState | undefined;
  let list: DrawnNode[] = [];
  const entries = new Map<NodeId, Entry>();
  let places: ReadonlyMap<NodeId, number> | undefined;

  /** Where nodes are in the list. */
  function knownPlaces(): ReadonlyMap<NodeId, number> {
    places ??= new Map(list.map(({ id }, at) => [id, at]));
    return places;
  }

  /** Draws some nodes anew, whose size cannot have changed: during a drag there is not the time to ask all. */
  function redraw(state: LoomState, ids: Iterable<NodeId>): void {
    const { nodes } = state.flow.document;
    const placeOf = knownPlaces();
    let next: DrawnNode[] | undefined;
    for (const id of ids) {
      const before = entries.get(id);
      if (before === undefined) continue;
      const entry = update(before, state, before.model, containersOf(nodes, id).length, before.content);
      entries.set(id, entry);
      const at = placeOf.get(id);
      if (at === undefined || entry.drawn === before.drawn) continue;
      next ??= [...list];
      next[at] = entry.drawn;
    }
    if (next !== undefined) list = next;
  }

  function drawn(state: LoomState): DrawnNode[] {
    if (last !== undefined && hasSameSizes(last, state)) {
      const touched = touchedNodes(last.session, state.session);
      last = state;
      redraw(state, touched);
      return list;
    }
    const { nodes } = state.flow.document;
    const known = models(state.flow);
    // Else each node is asked: what it shows of runs may be as large as it likes.
    const touched = last && hasSameContents(last, state) ? touchedNodes(last.session, state.session) : undefined;
    const zones: { readonly model: NodeModel; readonly depth: number }[] = [];
    const hidden = new Set<NodeId>();
    for (const model of known.values()) {
      const before = entries.get(model.id);
      const isFree = model.node.parent === undefined && !isContainer(model.node);
      if (isFree && before?.model === model && touched?.has(model.id) === false) continue;
      const around = model.node.parent === undefined ? NONE : containersOf(nodes, model.id);
      if (around.some((id) => nodes[id]?.view?.collapsed === true)) hidden.add(model.id);
      if (isContainer(model.node)) zones.push({ model, depth: around.length });
      else entries.set(model.id, update(before, state, model, around.length, undefined));
    }
    // The innermost first: a container is as large as what lies in it asks for.
    for (const { model, depth } of zones.sort((a, b) => b.depth - a.depth)) {
      const content = contentOf(nodes, model.id, entries);
      entries.set(model.id, update(entries.get(model.id), state, model, depth, content));
    }
    if (entries.size > known.size) for (const id of entries.keys()) if (!known.has(id)) entries.delete(id);
    last = state;
    take(shownOf(known, entries, hidden));
    return list;
  }

  /** Makes these the list, unless it has the same in it. */
  function take(shown: DrawnNode[]): void {
    if (shown.length === list.length && shown.every((node, at) => node === list[at])) return;
    if (shown.length !== list.length || shown.some(({ id }, at) => id !== list[at]?.id)) places = undefined;
    list = shown;
  }

  return Object.assign(drawn, {
    byId: (id: NodeId) => list[knownPlaces().get(id) ?? -1],
  });
}

function shownOf(models: NodeModels, entries: ReadonlyMap<NodeId, Entry>, hidden: ReadonlySet<NodeId>): DrawnNode[] {
  const shown: DrawnNode[] = [];
  for (const id of models.keys()) {
    const entry = entries.get(id);
    if (entry !== undefined && !hidden.has(id)) shown.push(entry.drawn);
  }
  return shown;
}

/** Whether at most places and selection differ. */
function hasSameSizes(a: LoomState, b: LoomState): boolean {
  return a.flow.document === b.flow.document && a.flow.library === b.flow.library && hasSameContents(a, b);
}

/** Whether nodes that are the same show the same of runs, and none is being resized. */
function hasSameContents(a: LoomState, b: LoomState): boolean {
  return (
    a.runs.run === b.runs.run &&
    (a.runs.frames === b.runs.frames || b.session.frames.size === 0) &&
    a.session.frames === b.session.frames &&
    a.session.resize === b.session.resize
  );
}

/** The nodes that are dragged or selected in one of the two, and not alike in both. */
function touchedNodes(a: SessionState, b: SessionState): ReadonlySet<NodeId> {
  const touched = new Set<NodeId>();
  if (a.drag !== b.drag) for (const drag of [a.drag, b.drag]) for (const id of drag?.keys() ?? []) touched.add(id);
  const [before, after] = [a.selection.nodes, b.selection.nodes];
  if (before !== after) {
    for (const id of before) if (!after.has(id)) touched.add(id);
    for (const id of after) if (!before.has(id)) touched.add(id);
  }
  return touched;
}

/** The extent of what lies in a container, from its corner. A drag in progress does not count: a container does not flee. */
function contentOf(
  nodes: LoomState['flow']['document']['nodes'],
  id: NodeId,
  entries: ReadonlyMap<NodeId, Entry>,
): Content | undefined {
  const corner = nodes[id]?.position;
  const children = childrenOf(nodes, id);
  if (corner === undefined || children.length === 0) return undefined;
  let [right, bottom] = [0, 0];
  for (const child of children) {
    const [at, size] = [nodes[child]?.position, entries.get(child)?.geometry];
    if (at === undefined || size === undefined) continue;
    right = Math.max(right, at.x + size.width - corner.x);
    bottom = Math.max(bottom, at.y + size.height - corner.y);
  }
  return { right, bottom };
}

function update(
  before: Entry | undefined,
  state: LoomState,
  model: NodeModel,
  depth: number,
  content: Content | undefined,
): Entry {
  const { session } = state;
  const resize = session.resize?.node === model.id ? session.resize : undefined;
  const position = resize?.position ?? session.drag?.get(model.id) ?? model.node.position;
  const run = shownRun(state, model.id);
  const same =
    before !== undefined &&
    isMeasuredAlike(before.model, model) &&
    before.run === run &&
    before.resized === resize?.size &&
    before.content?.right === content?.right &&
    before.content?.bottom === content?.bottom;
  const measured = same ? before.geometry : measure(model, run, resize?.size, content);
  const geometry = before !== undefined && isSameGeometry(before.geometry, measured) ? before.geometry : measured;
  const selected = session.selection.nodes.has(model.id);
  const layer = isContainer(model.node) ? containerLayer(depth) : nodeLayer(depth, selected);
  // What one types changes the model, and nothing of this: the library need not hear of it.
  const isMadeSame =
    before !== undefined &&
    before.model.title === model.title &&
    isContainer(before.model.node) === isContainer(model.node) &&
    before.geometry === geometry;
  const looksSame =
    isMadeSame &&
    before.selected === selected &&
    before.layer === layer &&
    before.position.x === position.x &&
    before.position.y === position.y;
  if (looksSame && same && before.model === model) return before;
  const rest = { model, run, resized: resize?.size, content, geometry, selected, position, layer };
  if (looksSame) return { ...rest, drawn: before.drawn };
  const place = { position: { x: position.x, y: position.y }, selected, zIndex: layer };
  // Ten thousand that are selected or dragged at once keep their lists of ports.
  return { ...rest, drawn: isMadeSame ? { ...before.drawn, ...place } : { ...drawnNode(model, geometry), ...place } };
}

/** Whether all that the measures of a node depend on is the same, but for what it shows of runs. */
function isMeasuredAlike(a: NodeModel, b: NodeModel): boolean {
  return (
    a === b ||
    (a.inputs === b.inputs &&
      a.outputs === b.outputs &&
      a.connectedInputs === b.connectedInputs &&
      a.title === b.title &&
      a.view === b.view &&
      a.node.size === b.node.size &&
      a.node.view?.collapsed === b.node.view?.collapsed &&
      a.node.view?.preview === b.node.view?.preview &&
      a.node.view?.previewPort === b.node.view?.previewPort &&
      isContainer(a.node) === isContainer(b.node))
  );
}

function isSameGeometry(a: NodeGeometry, b: NodeGeometry): boolean {
  return (
    a === b ||
    (a.width === b.width &&
      a.height === b.height &&
      a.previewHeight === b.previewHeight &&
      a.handles.length === b.handles.length &&
      a.handles.every((handle, at) => isSameHandle(handle, b.handles[at])))
  );
}

function isSameHandle(a: HandlePlace, b: HandlePlace | undefined): boolean {
  return a.id === b?.id && a.side === b.side && a.x === b.x && a.y === b.y && a.inner === b.inner;
}

function measure(
  model: NodeModel,
  run: NodeRunState | undefined,
  resized: Size | undefined,
  content: Content | undefined,
): NodeGeometry {
  const common = {
    inputs: model.inputs,
    outputs: model.outputs,
    connected: model.connectedInputs,
    size: resized ?? model.node.size,
    collapsed: model.node.view?.collapsed === true,
    previewHeight: wantedPreviewHeight(model, run),
  };
  return isContainer(model.node)
    ? zoneGeometry({ ...common, content })
    : nodeGeometry({ ...common, title: model.title });
}
