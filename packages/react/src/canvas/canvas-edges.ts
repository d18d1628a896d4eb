import type { EdgeId, FlowDocument, FlowEdge, NodeId, Position } from '@loom/graph';
import type { Edge as DrawnEdge } from '@xyflow/react';
import { FOLDED_BODY_PORT } from '../layout/zone-geometry.js';
import type { LoomState } from '../store/state.js';
import { portLook } from '../styles/port-look.js';
import { containersOf } from '../zones/containment.js';
import { wireLayer } from './layers.js';
import type { NodeModel, NodeModels } from './node-model.js';

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
  let list: DrawnEdge<EdgeData>[] = [];
  let entries = new Map<EdgeId, Entry>();

  return (state) => {
    if (
      last !== undefined &&
      last.flow.document === state.flow.document &&
      last.flow.library === state.flow.library &&
      last.session.selection.edges === state.session.selection.edges
    ) {
      return list;
    }
    const nodes = models(state.flow);
    const { selection } = state.session;
    const next = new Map<EdgeId, Entry>();
    const drawn: DrawnEdge<EdgeData>[] = [];
    let changed = false;
    for (const [id, edge] of Object.entries(state.flow.document.edges)) {
      const source = nodes.get(edge.source);
      const target = nodes.get(edge.target);
      if (source === undefined || target === undefined) continue;
      const course = courseOf(state.flow.document.nodes, source, target);
      if (course === undefined) continue;
      const before = entries.get(id);
      const selected = selection.edges.has(id);
      const entry =
        before !== undefined &&
        before.edge === edge &&
        before.selected === selected &&
        before.course.layer === course.layer &&
        before.course.target === course.target &&
        before.course.inside === course.inside &&
        before.source.outputs === source.outputs &&
        before.source.title === source.title &&
        before.target.inputs === target.inputs &&
        before.target.title === target.title
          ? before
          : {
              edge,
              source,
              target,
              selected,
              course,
              drawn: drawEdge(id, edge, selected, source, target, course, nameEdge),
            };
      if (entry !== before) changed = true;
      next.set(id, entry);
      drawn.push(entry.drawn);
    }
    last = state;
    if (changed || next.size !== entries.size) list = drawn;
    entries = next;
    return list;
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
  const entered = containersOf(nodes, end).findLast((id) => id !== source && !aroundSource.includes(id));
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
