import type { Position } from '@loom/graph';
import type { GroupBox, LayoutEnd, LayoutGroup } from './layout-problem.js';

const ORIGIN: Position = { x: 0, y: 0 };

/** Each goes through all neighbours; more than a few find nothing. */
const MOST_PASSES = 4;

type Places = ReadonlyMap<string, Position>;
type Line = readonly [Position, Position];

/**
 * dagre knows of no ports: neighbours in a column stand in an order, and the whole stands on its head, though its wires
 * cross only because of where their ports sit. Mends both. For small groups: it compares wires in pairs.
 */
export function untangle(group: LayoutGroup, placed: Places): Places {
  if (group.wires.length < 2) return placed;
  const [upright, turned] = [swapNeighbours(group, placed), swapNeighbours(group, mirrored(group, placed))];
  return turned.crossings < upright.crossings ? turned.places : upright.places;
}

function mirrored({ boxes }: LayoutGroup, places: Places): Places {
  return new Map(
    boxes.map(({ id, height }) => [id, { x: places.get(id)?.x ?? 0, y: -height - (places.get(id)?.y ?? 0) }]),
  );
}

function swapNeighbours(group: LayoutGroup, placed: Places): { readonly places: Places; readonly crossings: number } {
  const places = new Map(placed);
  const wiresAt = wiresByBox(group);
  const widths = new Map(group.boxes.map(({ id, width }) => [id, width]));
  const endOf = ({ node, y }: LayoutEnd, side: 'source' | 'target'): Position => {
    const at = places.get(node) ?? ORIGIN;
    return { x: at.x + (side === 'source' ? (widths.get(node) ?? 0) : 0), y: at.y + y };
  };
  const crossingsOf = (wires: ReadonlySet<number>): number => {
    const lines = group.wires.map(({ from, to }): Line => [endOf(from, 'source'), endOf(to, 'target')]);
    let count = 0;
    for (const at of wires) {
      for (const [other, line] of lines.entries()) {
        const own = lines[at];
        // Two of these wires meet twice here.
        if (own !== undefined && (other > at || !wires.has(other)) && cross(own, line)) count++;
      }
    }
    return count;
  };
  const swap = (upper: GroupBox, lower: GroupBox): boolean => {
    const [top, below] = [places.get(upper.id), places.get(lower.id)];
    if (top === undefined || below === undefined) return false;
    const wires = new Set([...(wiresAt.get(upper.id) ?? []), ...(wiresAt.get(lower.id) ?? [])]);
    const before = crossingsOf(wires);
    if (before === 0) return false;
    places.set(lower.id, { ...below, y: top.y });
    places.set(upper.id, { ...top, y: below.y + lower.height - upper.height });
    if (crossingsOf(wires) < before) return true;
    places.set(upper.id, top).set(lower.id, below);
    return false;
  };

  const columns = columnsOf(group.boxes, places);
  for (let pass = 0; pass < MOST_PASSES; pass++) {
    let isBetter = false;
    for (const column of columns) {
      for (const [at, lower] of column.entries()) {
        const upper = column[at - 1];
        if (upper === undefined || !swap(upper, lower)) continue;
        column[at - 1] = lower;
        column[at] = upper;
        isBetter = true;
      }
    }
    if (!isBetter) break;
  }
  return { places, crossings: crossingsOf(new Set(group.wires.keys())) };
}

/** Boxes whose middles stand above each other, from top to bottom. */
function columnsOf(boxes: readonly GroupBox[], places: Places): GroupBox[][] {
  const columns = new Map<number, GroupBox[]>();
  for (const box of boxes) {
    const middle = Math.round((places.get(box.id)?.x ?? 0) + box.width / 2);
    const column = columns.get(middle);
    if (column === undefined) columns.set(middle, [box]);
    else column.push(box);
  }
  const top = ({ id }: GroupBox) => places.get(id)?.y ?? 0;
  return [...columns.values()].map((column) => column.sort((a, b) => top(a) - top(b)));
}

function wiresByBox({ wires }: LayoutGroup): ReadonlyMap<string, readonly number[]> {
  const found = new Map<string, number[]>();
  for (const [at, { from, to }] of wires.entries()) {
    for (const { node } of [from, to]) found.set(node, [...(found.get(node) ?? []), at]);
  }
  return found;
}

/** Whether two lines cross between their ends. */
function cross([a, b]: Line, [c, d]: Line): boolean {
  return turn(a, b, c) * turn(a, b, d) < 0 && turn(c, d, a) * turn(c, d, b) < 0;
}

function turn(a: Position, b: Position, c: Position): number {
  return Math.sign((b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x));
}
