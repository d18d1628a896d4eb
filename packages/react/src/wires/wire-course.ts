import type { Position } from '@loom/graph';
import type { Box } from '../layout/box.js';

/** One piece of a wire: a cubic curve with its two control points. */
export interface WirePiece {
  readonly from: Position;
  readonly leave: Position;
  readonly arrive: Position;
  readonly to: Position;
}

/** How far a wire that runs backwards swings out, for the square root of the distance. */
const SWING = 6.25;
/** How far a curve reaches on both sides of a point that it is led through, as a part of the way to the next one. */
const REACH = 0.3;
/** How far beside a zone a wire that leads into it has come to the height of its end. */
const BESIDE_ZONE = 8;
/** Straight pieces that stand for a curve when one asks how near it is. */
const SAMPLES = 16;

/**
 * The course of a wire from an output to an input, through the points that it is led through. It leaves and arrives level.
 * A wire into a zone runs level from the side of the zone, so far before its end as `inside` says: the head of the zone, and
 * what is written there, stay free.
 */
export function wireCourse(
  from: Position,
  to: Position,
  via: readonly Position[] = [],
  inside = 0,
): readonly WirePiece[] {
  const side = to.x - inside - BESIDE_ZONE;
  if (inside > 0 && via.length === 0 && from.x < side) {
    const entry = { x: side, y: to.y };
    return [...wireCourse(from, entry), straight(entry, to)];
  }
  const stops = [from, ...via, to];
  return stops.slice(1).map((stop, at) => {
    const start = stops[at] ?? from;
    const leave = at === 0 ? level(start, stop, 1) : through(stops[at - 1] ?? from, start, stop, stop);
    const arrive = at === stops.length - 2 ? level(stop, start, -1) : through(stops[at + 2] ?? to, stop, start, start);
    return { from: start, leave, arrive, to: stop };
  });
}

function straight(from: Position, to: Position): WirePiece {
  const third = (to.x - from.x) / 3;
  return { from, leave: { x: from.x + third, y: from.y }, arrive: { x: to.x - third, y: to.y }, to };
}

/** The control point beside a port: straight out of it. */
function level(port: Position, other: Position, direction: 1 | -1): Position {
  const distance = (other.x - port.x) * direction;
  return { x: port.x + direction * (distance >= 0 ? distance / 2 : SWING * Math.sqrt(-distance)), y: port.y };
}

/** The control point on one side of a stop, so that the wire passes it without a bend. */
function through(before: Position, stop: Position, after: Position, towards: Position): Position {
  const [dx, dy] = [after.x - before.x, after.y - before.y];
  const length = Math.hypot(dx, dy) || 1;
  const reach = REACH * Math.hypot(towards.x - stop.x, towards.y - stop.y);
  return { x: stop.x + (dx / length) * reach, y: stop.y + (dy / length) * reach };
}

/** The course as the `d` of an SVG path. */
export function wirePath(course: readonly WirePiece[]): string {
  const [first] = course;
  if (first === undefined) return '';
  const curves = course.map(
    ({ leave, arrive, to }) => `C${leave.x},${leave.y} ${arrive.x},${arrive.y} ${to.x},${to.y}`,
  );
  return `M${first.from.x},${first.from.y} ${curves.join(' ')}`;
}

/** A rectangle that the whole course lies in. */
export function courseBox(course: readonly WirePiece[]): Box {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { from, leave, arrive, to } of course) {
    left = Math.min(left, from.x, leave.x, arrive.x, to.x);
    top = Math.min(top, from.y, leave.y, arrive.y, to.y);
    right = Math.max(right, from.x, leave.x, arrive.x, to.x);
    bottom = Math.max(bottom, from.y, leave.y, arrive.y, to.y);
  }
  return { x: left, y: top, width: right - left, height: bottom - top };
}

/** Where on a course a point lies nearest: how far away it is, and in which piece. */
export function nearestOnCourse(
  course: readonly WirePiece[],
  point: Position,
): { readonly distance: number; readonly piece: number } {
  let nearest = { distance: Infinity, piece: 0 };
  for (const [piece, curve] of course.entries()) {
    let before = curve.from;
    for (let step = 1; step <= SAMPLES; step += 1) {
      const next = pointAt(curve, step / SAMPLES);
      const distance = distanceToLine(point, before, next);
      if (distance < nearest.distance) nearest = { distance, piece };
      before = next;
    }
  }
  return nearest;
}

function pointAt({ from, leave, arrive, to }: WirePiece, t: number): Position {
  const s = 1 - t;
  const [a, b, c, d] = [s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t];
  return {
    x: a * from.x + b * leave.x + c * arrive.x + d * to.x,
    y: a * from.y + b * leave.y + c * arrive.y + d * to.y,
  };
}

function distanceToLine({ x, y }: Position, a: Position, b: Position): number {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const squared = dx * dx + dy * dy;
  const along = squared === 0 ? 0 : Math.min(1, Math.max(0, ((x - a.x) * dx + (y - a.y) * dy) / squared));
  return Math.hypot(x - a.x - along * dx, y - a.y - along * dy);
}
