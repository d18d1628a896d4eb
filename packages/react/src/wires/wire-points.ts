import { type EdgeId, type FlowDocument, graphIndex, type Operation, type Position } from '@loom/graph';
import { roundPosition } from '../commands/add-node.js';
import type { CommandContext } from '../commands/command.js';
import { nearestOnCourse } from './wire-course.js';

const NONE: readonly Position[] = [];

/** The points that a wire is led through. */
export function wirePoints(document: FlowDocument, wire: EdgeId): readonly Position[] {
  return document.edges[wire]?.view?.points ?? NONE;
}

/** Leads a wire through these points from now on. */
export function setWirePoints(
  { store }: Pick<CommandContext, 'store'>,
  wire: EdgeId,
  points: readonly Position[],
  label: string,
): void {
  const { edges } = store.getState().flow.document;
  const { points: _before, ...rest } = edges[wire]?.view ?? {};
  const view = points.length === 0 ? rest : { ...rest, points: points.map(roundPosition) };
  const result = store.dispatch(
    [{ kind: 'set-edge-view', id: wire, view: Object.keys(view).length === 0 ? null : view }],
    { label },
  );
  if (!result.ok) store.notify(result.error.message, 'warning');
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
  setWirePoints(
    context,
    wire,
    [...points.slice(0, piece), point, ...points.slice(piece)],
    context.messages().wirePointAdd,
  );
}

/** These operations, and what moves the points of wires along whose both ends they move in the same way. */
export function withWirePoints(document: FlowDocument, operations: readonly Operation[]): Operation[] {
  const more: Operation[] = [];
  for (const operation of operations) {
    if (operation.kind !== 'move-nodes') continue;
    const distance = (id: string): Position | undefined => {
      const [from, to] = [document.nodes[id]?.position, operation.positions[id]];
      return from && to && { x: to.x - from.x, y: to.y - from.y };
    };
    for (const id of Object.keys(operation.positions)) {
      for (const wire of graphIndex(document).outgoing(id)) {
        const edge = document.edges[wire];
        const by = edge?.view?.points && distance(id);
        const other = edge && distance(edge.target);
        if (!edge?.view?.points || !by || by.x !== other?.x || by.y !== other.y) continue;
        const points = edge.view.points.map(({ x, y }) => ({ x: x + by.x, y: y + by.y }));
        more.push({ kind: 'set-edge-view', id: wire, view: { ...edge.view, points } });
      }
    }
  }
  return [...operations, ...more];
}
