import type { Position } from '@loom/graph';
import { type Box, boundsOf } from '../layout/box.js';
import { BOX_GAP, type GroupBox, type LayoutGroup } from './layout-problem.js';

/** How much wider than high all parts together become. */
const WIDENESS = 1.6;

/** The parts of a group that no wire joins, each a group of its own. What has inner ports beside it stays whole. */
export function partsOf(group: LayoutGroup): readonly LayoutGroup[] {
  if (group.boxes.some(({ rail }) => rail !== undefined)) return [group];
  const joined = new Map<string, string[]>(group.boxes.map(({ id }) => [id, []]));
  for (const { from, to } of group.wires) {
    joined.get(from.node)?.push(to.node);
    joined.get(to.node)?.push(from.node);
  }
  const partOf = new Map<string, number>();
  let count = 0;
  for (const { id } of group.boxes) {
    if (partOf.has(id)) continue;
    const reached = new Set([id]);
    for (const each of reached) {
      partOf.set(each, count);
      for (const next of joined.get(each) ?? []) reached.add(next);
    }
    count += 1;
  }
  const parts = Array.from({ length: count }, () => ({
    ...group,
    boxes: [] as GroupBox[],
    wires: [] as LayoutGroup['wires'][number][],
  }));
  for (const box of group.boxes) parts[partOf.get(box.id) ?? 0]?.boxes.push(box);
  for (const wire of group.wires) parts[partOf.get(wire.from.node) ?? 0]?.wires.push(wire);
  return parts;
}

/** Puts parts beside and below each other, in rows. */
export function packParts(
  parts: readonly (readonly (Box & { readonly id: string })[])[],
): ReadonlyMap<string, Position> {
  const bounds = parts.map((boxes) => boundsOf(boxes) ?? { x: 0, y: 0, width: 0, height: 0 });
  const area = bounds.reduce((sum, { width, height }) => sum + (width + BOX_GAP) * (height + BOX_GAP), 0);
  const width = Math.max(Math.sqrt(area * WIDENESS), ...bounds.map((box) => box.width));
  const places = new Map<string, Position>();
  let [x, y, rowHeight] = [0, 0, 0];
  for (const [at, boxes] of parts.entries()) {
    const box = bounds[at];
    if (box === undefined) continue;
    if (x > 0 && x + box.width > width) [x, y, rowHeight] = [0, y + rowHeight + BOX_GAP, 0];
    for (const each of boxes) places.set(each.id, { x: each.x - box.x + x, y: each.y - box.y + y });
    x += box.width + BOX_GAP;
    rowHeight = Math.max(rowHeight, box.height);
  }
  return places;
}
