import type { EdgeId, FlowDocument, FlowEdge, FlowNode, NodeId, Position } from '@loom/graph';
import type { Edge as DrawnEdge } from '@xyflow/react';
import { FOLDED_BODY_PORT } from '../layout/zone-geometry.js';
import type { LoomState } from '../store/state.js';
import { portLook } from '../styles/port-look.js';
import { containersOf } from '../zones/containment.js';
import { wireLayer } from './layers.js';
import type { NodeModel, NodeModels } from './node/node-model.js';

const NO_POINTS: readonly Position[] = [];

/** What an edge is drawn with. */
export interface EdgeData extends Record<string, unknown> {
  /** A CSS colour: the one of the type of its source. */
  readonly color: string;
  /** It ends at a port that its node does not have any more, and carries nothing. */
  readonly gone: boolean;
  /** The points that it is led through. */
  readonly points: readonly Position[];
  /** How far before its end it enters a zone from outside; 0 when it does not. */
  readonly inside: number;
}

interface Entry {
  readonly edge: FlowEdge;
  readonly source: NodeModel;
  readonly target: NodeModel;
  readonly selected: boolean;
  readonly course: Course;
  readonly drawn: DrawnEdge<EdgeData>;
}

/** Names an edge for people: `Read (data) to Clean (rows)`. */
export type NameEdge = (source: string, sourcePort: string, target: string, targetPort: string) => string;

/** Makes the function that gives the canvas library its list of edges; what has not changed keeps its identity. */
export function createCanvasEdges(
  models: (flow: LoomState['flow']) => NodeModels,
  nameEdge: NameEdge,
): (state: LoomState) => DrawnEdge<EdgeData>[] {
  let last: LoomState | undefined;
  let lastNodes: NodeModels = new Map();
  let list: DrawnEdge<EdgeData>[] = [];
  const entries = new Map<EdgeId, Entry>();

  return (state) => {
    const before = last;
    const isSameFlow = before?.flow.document === state.flow.document && before.flow.library === state.flow.library;
    const { edges: selected } = state.session.selection;
    if (isSameFlow && before.session.selection.edges === selected) return list;
    last = state;
    const nodes = models(state.flow);
    const { document } = state.flow;
    const isSameWiring = before?.flow.document.edges === document.edges && before.session.selection.edges === selected;
    // Moving or muting all nodes of a large flow leaves all its wires what they were.
    const isSame = isSameWiring && haveSameEnds(lastNodes, nodes);
    lastNodes = nodes;
    if (isSame) return list;
    const drawn: DrawnEdge<EdgeData>[] = [];
    for (const id of Object.keys(document.edges)) {
      const edge = document.edges[id] as FlowEdge; // one of its own keys
      const entry = entryOf(entries.get(id), id, edge, nodes, document.nodes, selected.has(id), nameEdge);
      if (entry === undefined) {
        entries.delete(id);
        continue;
      }
      entries.set(id, entry);
      drawn.push(entry.drawn);
    }
    if (entries.size > drawn.length) {
      for (const id of entries.keys()) if (document.edges[id] === undefined) entries.delete(id);
    }
    if (drawn.length !== list.length || drawn.some((wire, at) => wire !== list[at])) list = drawn;
    return list;
  };
}

/** Whether wires between these nodes are drawn as they were. */
function haveSameEnds(before: NodeModels, now: NodeModels): boolean {
  if (before.size !== now.size) return false;
  for (const model of now.values()) {
    const other = before.get(model.id);
    if (other === undefined || !isSameEnd(other, model)) return false;
  }
  return true;
}

function isSameEnd(a: NodeModel, b: NodeModel): boolean {
  return (
    a === b ||
    (a.inputs === b.inputs &&
      a.outputs === b.outputs &&
      a.title === b.title &&
      a.node.parent === b.node.parent &&
      a.node.view?.collapsed === b.node.view?.collapsed &&
      (a.node.position === b.node.position || isApart(b.node)))
  );
}

/** Whether it neither lies in a zone nor is one: a wire into a zone depends on how far in it ends. */
function isApart({ parent, settings }: FlowNode): boolean {
  return parent === undefined && settings?.zone === undefined;
}

/** What is drawn of a wire, the same as before if it looks the same; undefined when nothing is. */
function entryOf(
  before: Entry | undefined,
  id: EdgeId,
  edge: FlowEdge,
  models: NodeModels,
  nodes: FlowDocument['nodes'],
  selected: boolean,
  nameEdge: NameEdge,
): Entry | undefined {
  const source = models.get(edge.source);
  const target = models.get(edge.target);
  if (source === undefined || target === undefined) return undefined;
  const course = courseOf(nodes, source, target);
  if (course === undefined) return undefined;
  const looksSame =
    before !== undefined &&
    before.edge === edge &&
    before.selected === selected &&
    before.course.layer === course.layer &&
    before.course.target === course.target &&
    before.course.inside === course.inside &&
    before.source.outputs === source.outputs &&
    before.source.title === source.title &&
    before.target.inputs === target.inputs &&
    before.target.title === target.title;
  if (looksSame) return before;
  return {
    edge,
    source,
    target,
    selected,
    course,
    drawn: drawEdge(id, edge, selected, source, target, course, nameEdge),
  };
}

/** Where a wire is drawn: its layer, the folded container that stands for its target, and where it enters a zone. */
interface Course {
  readonly layer: number;
  readonly target: NodeId;
  readonly inside: number;
}

/** Undefined for a wire that a folded container hides with both its ends. */
function courseOf(nodes: FlowDocument['nodes'], from: NodeModel, to: NodeModel): Course | undefined {
  const [source, target] = [from.id, to.id];
  // Nearly all wires of a large flow, at each of its changes.
  if (from.node.parent === undefined && to.node.parent === undefined) return { layer: 0, target, inside: 0 };
  const [aroundSource, aroundTarget] = [containersOf(nodes, source), containersOf(nodes, target)];
  const layer = Math.max(aroundSource.length, aroundTarget.length);
  const isFolded = (id: NodeId) => nodes[id]?.view?.collapsed === true;
  if (aroundSource.some(isFolded)) return undefined;
  const folded = aroundTarget.findLast(isFolded);
  if (folded === source) return undefined;
  const end = folded ?? target;
  const around = folded === undefined ? aroundTarget : containersOf(nodes, folded);
  const entered = around.findLast((id) => id !== source && !aroundSource.includes(id));
  const [zone, at] = [nodes[entered ?? '']?.position, nodes[end]?.position];
  return { layer, target: end, inside: zone && at ? at.x - zone.x : 0 };
}

function drawEdge(
  id: EdgeId,
  edge: FlowEdge,
  selected: boolean,
  source: NodeModel,
  target: NodeModel,
  course: Course,
  nameEdge: NameEdge,
): DrawnEdge<EdgeData> {
  const port = source.outputs.find((output) => output.id === edge.sourcePort);
  const input = target.inputs.find((candidate) => candidate.id === edge.targetPort);
  return {
    id,
    type: 'loom',
    source: edge.source,
    sourceHandle: edge.sourcePort,
    target: course.target,
    targetHandle: course.target === edge.target ? edge.targetPort : FOLDED_BODY_PORT,
    zIndex: wireLayer(course.layer, selected),
    // A wire that ends at what stands for another node cannot be moved there.
    ...(course.target !== edge.target && { reconnectable: false }),
    selected,
    data: {
      color: portLook(port?.type ?? { kind: 'any' }).color,
      inside: course.inside,
      points: course.target === edge.target ? (edge.view?.points ?? NO_POINTS) : NO_POINTS,
      gone: source.goneOutputs.has(edge.sourcePort) || target.goneInputs.has(edge.targetPort),
    },
    ariaLabel: nameEdge(source.title, port?.title ?? edge.sourcePort, target.title, input?.title ?? edge.targetPort),
  };
}
