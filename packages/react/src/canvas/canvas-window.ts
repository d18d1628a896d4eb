import type { NodeId } from '@loom/graph';
import type { Edge as DrawnEdge, Node as DrawnNode } from '@xyflow/react';
import type { Box } from '../layout/box.js';
import type { LoomState } from '../store/state.js';
import type { EdgeData } from './canvas-edges.js';
import type { CanvasNodes } from './canvas-nodes.js';

/** Smaller flows are handed over whole. */
const MANY_NODES = 200;

/** What the canvas library is given. */
export interface Windowed {
  readonly nodes: DrawnNode[];
  readonly edges: DrawnEdge<EdgeData>[];
}

/** What {@link Windowed} was made of. */
interface Source extends Windowed {
  readonly area: Box | undefined;
  /** Where a wire begins that is being drawn: the library needs that node wherever it is. */
  readonly connecting: NodeId | undefined;
  readonly isDragging: boolean;
}

/**
 * Makes the function that chooses what of a large flow the canvas library is given: what lies in an area around the view,
 * the wires through it, and their ends. The library walks through all that it has at each move of the view or of a node.
 */
export function createCanvasWindow(
  drawNodes: CanvasNodes,
  drawEdges: (state: LoomState) => DrawnEdge<EdgeData>[],
): (state: LoomState, area: Box | undefined) => Windowed {
  let source: Source | undefined;
  let windowed: Windowed = { nodes: [], edges: [] };
  let places = new Map<NodeId, number>();

  /**
   * The nodes of before with those that look different; undefined when the choice itself may be another one. While a drag
   * goes on, a wire between two nodes that are not drawn may come into view undrawn: there is not the time to ask all.
   */
  function exchange(before: Source, next: Source): DrawnNode[] | undefined {
    if (before.nodes.length !== next.nodes.length || !isSame(before, { ...next, nodes: before.nodes }))
      return undefined;
    const { area } = next;
    const nodes = [...windowed.nodes];
    for (const [at, node] of next.nodes.entries()) {
      if (node === before.nodes[at]) continue;
      const place = places.get(node.id);
      if (place !== undefined) nodes[place] = node;
      else if (!next.isDragging || area === undefined || meets(area, node, node)) return undefined;
    }
    return nodes;
  }

  return (state, area) => {
    const { connecting, drag } = state.session;
    const next: Source = {
      nodes: drawNodes(state),
      edges: drawEdges(state),
      area,
      connecting: connecting?.node,
      isDragging: drag !== undefined,
    };
    if (source !== undefined && isSame(source, next)) return windowed;
    const before = source;
    source = next;
    const exchanged = before && exchange(before, next);
    if (exchanged !== undefined) {
      windowed = { nodes: exchanged, edges: windowed.edges };
      return windowed;
    }
    const isWhole = area === undefined || next.nodes.length <= MANY_NODES;
    const chosen = isWhole ? next : choose(next, area, drawNodes.byId);
    const nodes = sameList(windowed.nodes, chosen.nodes);
    const edges = sameList(windowed.edges, chosen.edges);
    if (nodes !== windowed.nodes || edges !== windowed.edges) windowed = { nodes, edges };
    places = new Map(nodes.map(({ id }, at) => [id, at]));
    return windowed;
  };
}

function isSame(a: Source, b: Source): boolean {
  return (
    a.nodes === b.nodes &&
    a.edges === b.edges &&
    a.area === b.area &&
    a.connecting === b.connecting &&
    a.isDragging === b.isDragging
  );
}

/** The list of before when it has the same in it: the library asks by identity. */
function sameList<T>(before: T[], now: T[]): T[] {
  return before.length === now.length && before.every((item, at) => item === now[at]) ? before : now;
}

function choose({ nodes, edges, connecting }: Source, area: Box, byId: CanvasNodes['byId']): Windowed {
  const wanted = new Set<NodeId>();
  for (const node of nodes) {
    if (meets(area, node, node) || connecting === node.id) wanted.add(node.id);
  }
  const ends = new Set<NodeId>();
  const through = edges.filter(({ source, target }) => {
    const [from, to] = [byId(source), byId(target)];
    if (from === undefined || to === undefined || !meets(area, from, to)) return false;
    ends.add(source).add(target);
    return true;
  });
  return { nodes: nodes.filter(({ id }) => wanted.has(id) || ends.has(id)), edges: through };
}

/** Whether the rectangle around two nodes has a part in the area. */
function meets(area: Box, a: DrawnNode, b: DrawnNode): boolean {
  return (
    Math.min(a.position.x, b.position.x) < area.x + area.width &&
    Math.min(a.position.y, b.position.y) < area.y + area.height &&
    Math.max(a.position.x + (a.width ?? 0), b.position.x + (b.width ?? 0)) > area.x &&
    Math.max(a.position.y + (a.height ?? 0), b.position.y + (b.height ?? 0)) > area.y
  );
}
