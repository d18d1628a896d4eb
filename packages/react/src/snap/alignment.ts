import type { Position } from '@loom/graph';
import type { Box } from '../layout/box.js';

/** A line that shows what stands in line with what, in flow units. */
export interface Guide {
  readonly from: Position;
  readonly to: Position;
}

/** How far something has to be shifted to stand in line, and the lines that show it. */
export interface Snap {
  readonly by: Position;
  readonly guides: readonly Guide[];
}

/** What of a box is brought into line on one axis. */
export interface SnapParts {
  readonly start: boolean;
  readonly middle: boolean;
  readonly end: boolean;
}

/** A box that is moved snaps with both its edges and its middle. */
export const WHOLE: SnapParts = { start: true, middle: true, end: true };

/** Differences below this are rounding. */
const EQUAL = 0.01;

/** One axis at a time: a box as an interval, and where it lies across. */
interface Span {
  readonly start: number;
  readonly end: number;
  readonly low: number;
  readonly high: number;
}

const along = ({ x, y, width, height }: Box): Span => ({ start: x, end: x + width, low: y, high: y + height });
const down = ({ x, y, width, height }: Box): Span => ({ start: y, end: y + height, low: x, high: x + width });

/**
 * Brings a box into line with others: edges with edges and middles with middles, within reach, on each axis on its own.
 * Others are those that one sees, so that there are few.
 */
export function alignTo(
  box: Box,
  others: readonly Box[],
  reach: number,
  parts: { readonly x: SnapParts; readonly y: SnapParts } = { x: WHOLE, y: WHOLE },
): Snap {
  const dx = shiftOf(along(box), others.map(along), reach, parts.x);
  const dy = shiftOf(down(box), others.map(down), reach, parts.y);
  const moved = { ...box, x: box.x + (dx ?? 0), y: box.y + (dy ?? 0) };
  const vertical = dx === undefined ? [] : linesOf(along(moved), others.map(along), parts.x);
  const horizontal = dy === undefined ? [] : linesOf(down(moved), others.map(down), parts.y);
  return {
    by: { x: dx ?? 0, y: dy ?? 0 },
    guides: [
      ...vertical.map(({ at, low, high }): Guide => ({ from: { x: at, y: low }, to: { x: at, y: high } })),
      ...horizontal.map(({ at, low, high }): Guide => ({ from: { x: low, y: at }, to: { x: high, y: at } })),
    ],
  };
}

const middle = ({ start, end }: Span): number => (start + end) / 2;

/** The pairs of places that may come to lie in one line: of the box, and of another. */
function* pairs(own: Span, other: Span, parts: SnapParts): Iterable<readonly [number, number]> {
  if (parts.start) yield* [[own.start, other.start] as const, [own.start, other.end] as const];
  if (parts.end) yield* [[own.end, other.end] as const, [own.end, other.start] as const];
  if (parts.middle) yield [middle(own), middle(other)];
}

/** The smallest shift that brings anything into line; of equal ones that of the nearest neighbour. */
function shiftOf(own: Span, others: readonly Span[], reach: number, parts: SnapParts): number | undefined {
  let best: { readonly shift: number; readonly apart: number } | undefined;
  for (const other of others) {
    const apart = Math.max(0, other.low - own.high, own.low - other.high);
    for (const [from, to] of pairs(own, other, parts)) {
      const shift = to - from;
      const size = Math.abs(shift);
      if (size > reach) continue;
      const before = best === undefined ? Number.POSITIVE_INFINITY : Math.abs(best.shift);
      if (size < before - EQUAL || (size < before + EQUAL && best !== undefined && apart < best.apart)) {
        best = { shift, apart };
      }
    }
  }
  return best?.shift;
}

/** For each place of the box that is in line with others, the line from it to the nearest of them. */
function linesOf(own: Span, others: readonly Span[], parts: SnapParts) {
  const lines = new Map<number, { at: number; low: number; high: number; apart: number }>();
  for (const other of others) {
    const apart = Math.max(0, other.low - own.high, own.low - other.high);
    for (const [from, to] of pairs(own, other, parts)) {
      if (Math.abs(to - from) > EQUAL) continue;
      const key = Math.round(from);
      const before = lines.get(key);
      if (before !== undefined && before.apart <= apart) continue;
      lines.set(key, { at: from, low: Math.min(own.low, other.low), high: Math.max(own.high, other.high), apart });
    }
  }
  return [...lines.values()];
}
