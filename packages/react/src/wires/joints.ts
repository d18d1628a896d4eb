import type { EdgeId, FlowDocument, Position } from '@loom/graph';

/** One of the points that wires are led through. */
export interface WirePointPlace {
  readonly wire: EdgeId;
  /** Which of the points of its wire. */
  readonly at: number;
  readonly point: Position;
}

const known = new WeakMap<FlowDocument['edges'], ReadonlyMap<string, readonly WirePointPlace[]>>();

const nameOf = ({ x, y }: Position) => `${x} ${y}`;

/** All points of wires by their place. Worked out once for each table of wires. */
function pointsByPlace(edges: FlowDocument['edges']): ReadonlyMap<string, readonly WirePointPlace[]> {
  let places = known.get(edges);
  if (places === undefined) {
    const found = new Map<string, WirePointPlace[]>();
    for (const [wire, { view }] of Object.entries(edges)) {
      for (const [at, point] of (view?.points ?? []).entries()) {
        const here = found.get(nameOf(point));
        if (here === undefined) found.set(nameOf(point), [{ wire, at, point }]);
        else here.push({ wire, at, point });
      }
    }
    places = found;
    known.set(edges, places);
  }
  return places;
}

/** The points that lie exactly here: wires that run together through one point have one each. */
export function joinedAt(edges: FlowDocument['edges'], point: Position): readonly WirePointPlace[] {
  return pointsByPlace(edges).get(nameOf(point)) ?? [];
}

/** The nearest point of another wire that is no further away than this; undefined where none is. */
export function pointNear(
  edges: FlowDocument['edges'],
  point: Position,
  distance: number,
  moving: ReadonlySet<EdgeId>,
): Position | undefined {
  let nearest: { readonly point: Position; readonly away: number } | undefined;
  for (const places of pointsByPlace(edges).values()) {
    const other = places.find(({ wire }) => !moving.has(wire));
    if (other === undefined) continue;
    const away = Math.hypot(other.point.x - point.x, other.point.y - point.y);
    if (away <= (nearest?.away ?? distance)) nearest = { point: other.point, away };
  }
  return nearest?.point;
}
