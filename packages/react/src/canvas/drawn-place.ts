import type { EdgeId, NodeId } from '@loom/graph';
import type { Edge as DrawnEdge, Node as DrawnNode } from '@xyflow/react';
import type { Box } from '../layout/box.js';
import { zoneHeadHeight } from '../layout/zone-geometry.js';
import type { DocumentState, LoomState } from '../store/state.js';
import { portPlace } from '../wires/port-place.js';
import { type WirePiece, wireCourse } from '../wires/wire-course.js';
import { containersOf, isContainer } from '../zones/containment.js';
import type { DropPlace } from '../zones/move.js';
import type { ScreenPoint } from './canvas-control.js';
import type { EdgeData } from './canvas-edges.js';
import type { CanvasNodes } from './canvas-nodes.js';
import type { NodeModels } from './node/node-model.js';

/** What is drawn, as a drop needs it. */
export function drawnPlace(
  drawn: readonly DrawnNode[],
  byId: CanvasNodes['byId'],
  flow: DocumentState,
  models: (flow: DocumentState) => NodeModels,
): DropPlace {
  const { nodes } = flow.document;
  const containers: DropPlace['containers'][number][] = [];
  for (const { id, position, width = 0, height = 0, dragHandle } of drawn) {
    // Only containers are gripped by a part of theirs. Asked at each move of a drag: the table of nodes is slower.
    const node = dragHandle === undefined ? undefined : nodes[id];
    if (!isContainer(node)) continue;
    containers.push({
      id,
      position,
      size: { width, height },
      depth: containersOf(nodes, id).length,
      collapsed: node?.view?.collapsed === true,
    });
  }
  return {
    containers,
    sizeOf(id) {
      const { width = 0, height = 0 } = byId(id) ?? {};
      return { width, height };
    },
    portOf: (id, side, port) => portPlace(byId(id), side, port),
    headOf(id) {
      const model = models(flow).get(id);
      return model === undefined
        ? 0
        : zoneHeadHeight({ inputs: model.inputs, outputs: model.outputs, connected: model.connectedInputs });
    },
  };
}

/** The wire whose line is at a point in client coordinates, whatever is drawn over it. */
export function wireAt(canvas: Element | null, point: ScreenPoint): EdgeId | undefined {
  const root = canvas?.getRootNode() as Document | ShadowRoot | undefined;
  for (const element of root?.elementsFromPoint(point.x, point.y) ?? []) {
    const wire = element.closest('.react-flow__edge')?.getAttribute('data-id');
    if (wire) return wire;
  }
  return undefined;
}

/** The boxes of drawn nodes: those of these ids, else all. */
export function nodeBoxes(drawn: readonly DrawnNode[], ids?: Iterable<NodeId>): Box[] {
  const wanted = ids && new Set(ids);
  return drawn
    .filter(({ id }) => wanted?.has(id) ?? true)
    .map(({ position, width = 0, height = 0 }) => ({ ...position, width, height }));
}

/** The rectangles of these nodes; of all of them, those of frames and notes too. */
export function drawnBoxes(
  state: LoomState,
  drawNodes: (state: LoomState) => readonly DrawnNode[],
  ids?: Iterable<NodeId>,
): Box[] {
  const frames = ids === undefined ? Object.values(state.flow.document.frames) : [];
  return [...nodeBoxes(drawNodes(state), ids), ...frames.map(({ position, size }) => ({ ...position, ...size }))];
}

/** How a wire runs between its drawn ports; undefined when it is not drawn. */
export function courseOf(
  nodes: readonly DrawnNode[],
  edges: readonly DrawnEdge<EdgeData>[],
  wire: EdgeId,
): readonly WirePiece[] | undefined {
  const edge = edges.find(({ id }) => id === wire);
  if (edge === undefined) return undefined;
  const end = (id: NodeId) => nodes.find((node) => node.id === id);
  const from = portPlace(end(edge.source), 'source', edge.sourceHandle);
  const to = portPlace(end(edge.target), 'target', edge.targetHandle);
  return from && to && wireCourse(from, to, edge.data?.points, edge.data?.inside);
}

/** The boxes of nodes that lie wholly in an area, without those that move. */
export function boxesIn(drawn: readonly DrawnNode[], area: Box, moving: ReadonlySet<NodeId>): Box[] {
  const boxes: Box[] = [];
  for (const { id, position, width = 0, height = 0 } of drawn) {
    const { x, y } = position;
    const isInside =
      x >= area.x && y >= area.y && x + width <= area.x + area.width && y + height <= area.y + area.height;
    if (isInside && !moving.has(id)) boxes.push({ x, y, width, height });
  }
  return boxes;
}
