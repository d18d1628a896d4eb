import { type EdgeId, type FlowDocument, graphIndex, type Operation, type Position } from '@loom/graph';
import { roundPosition } from '../commands/add-node.js';
import type { CommandContext } from '../commands/command.js';
import type { WirePointPlace } from './joints.js';
import { nearestOnCourse } from './wire-course.js';

const NONE: readonly Position[] = [];

/** The points that a wire is led through. */
export function wirePoints(document: FlowDocument, wire: EdgeId): readonly Position[] {
  return document.edges[wire]?.view?.points ?? NONE;
}

/** Leads wires through these points from now on, as one step; with a `mergeKey` in one with what came right before. */
export function setWirePoints(
  { store }: Pick<CommandContext, 'store'>,
  led: ReadonlyMap<EdgeId, readonly Position[]>,
  label: string,
  mergeKey?: string,
): void {
  const { edges } = store.getState().flow.document;
  const operations = Array.from(led, ([id, points]): Operation => {
    const { points: _before, ...rest } = edges[id]?.view ?? {};
    const view = points.length === 0 ? rest : { ...rest, points: points.map(roundPosition) };
    return { kind: 'set-edge-view', id, view: Object.keys(view).length === 0 ? null : view };
  });
  const result = store.dispatch(operations, mergeKey === undefined ? { label } : { label, mergeKey });
  if (!result.ok) store.notify(result.error.message, 'warning');
}

/** How all wires that run through a point would be led, were it somewhere else. */
export function withPointAt(
  edges: FlowDocument['edges'],
  joined: readonly WirePointPlace[],
  to: Position,
): ReadonlyMap<EdgeId, readonly Position[]> {
  const led = new Map<EdgeId, readonly Position[]>();
  for (const { wire, at } of joined) {
    const points = led.get(wire) ?? edges[wire]?.view?.points ?? NONE;
    led.set(
      wire,
      points.map((other, index) => (index === at ? to : other)),
    );
  }
  return led;
}

/** Leads a wire through one more point: this one, or the middle of its longest piece. */
export function addWirePoint(context: CommandContext, wire: EdgeId, at?: Position): void {
  const course = context.canvas.courseOf(wire) ?? [];
  const lengths = course.map(({ from, to }) => Math.hypot(to.x - from.x, to.y - from.y));
  const longest = course[lengths.indexOf(Math.max(...lengths))];
  if (longest === undefined) return;
  const point = at ?? { x: (longest.from.x + longest.to.x) / 2, y: (longest.from.y + longest.to.y) / 2 };
  const { piece } = nearestOnCourse(course, point);
  const points = wirePoints(context.store.getState().flow.document, wire);
  const more = [...points.slice(0, piece), point, ...points.slice(piece)];
  setWirePoints(context, new Map([[wire, more]]), context.messages().wirePointAdd);
}

/** These operations, and what moves the points of wires along whose both ends they move in the same way. */
export function withWirePoints(document: FlowDocument, operations: readonly Operation[]): Operation[] {
  const more: Operation[] = [];
  const index = graphIndex(document);
  for (const operation of operations) {
    if (operation.kind !== 'move-nodes') continue;
    const distance = (id: string): Position | undefined => {
      const [from, to] = [document.nodes[id]?.position, operation.positions[id]];
      return from && to && { x: to.x - from.x, y: to.y - from.y };
    };
    for (const id of Object.keys(operation.positions)) {
      for (const wire of index.outgoing(id)) {
        const edge = document.edges[wire];
        // Hardly any wire has points, and all nodes may move at once.
        if (!edge?.view?.points) continue;
        const [by, other] = [distance(id), distance(edge.target)];
        if (!by || by.x !== other?.x || by.y !== other.y) continue;
        const points = edge.view.points.map(({ x, y }) => ({ x: x + by.x, y: y + by.y }));
        more.push({ kind: 'set-edge-view', id: wire, view: { ...edge.view, points } });
      }
    }
  }
  return [...operations, ...more];
}
