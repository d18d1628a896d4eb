import type { Position, Size } from '@loom/graph';
import { type Box, boundsOf } from '../layout/box.js';
import { chainsOf, groupsOf, railsOf } from './layout-groups.js';
import type { LayoutBox, LayoutEnd, LayoutProblem, PlaceGroup } from './layout-problem.js';

const ORIGIN: Position = { x: 0, y: 0 };

/**
 * Places boxes, the innermost first: a container is as large as what was placed in it. Boxes that lie in none of the
 * others keep the upper left corner that they had together.
 */
export async function placeBoxes(problem: LayoutProblem, placeGroup: PlaceGroup): Promise<ReadonlyMap<string, Box>> {
  const known = new Map(problem.boxes.map((box) => [box.id, box]));
  const chainOf = chainsOf(problem.boxes);
  const sizes = new Map<string, Size>();
  /** From the corner of the box around it. */
  const places = new Map<string, Position>();

  /** Where a wire ends at a box: everything in it is placed already. */
  const endAt = (box: string, { node, y }: LayoutEnd): LayoutEnd => {
    let top = y;
    for (const id of chainOf(node)) {
      if (id === box) break;
      top += places.get(id)?.y ?? 0;
    }
    return { node: box, y: top };
  };

  for (const { container, boxes, wires } of groupsOf(problem, chainOf)) {
    const sized = boxes.map(({ id, width, height }) => ({ id, width, height, ...sizes.get(id) }));
    const placed = await placeGroup({
      boxes: [...sized, ...railsOf(wires)],
      wires: wires.map(({ from, fromBox, to, toBox }) => ({ from: endAt(fromBox, from), to: endAt(toBox, to) })),
    });
    const bounds = boundsOf(sized.map((box) => ({ ...box, ...(placed.get(box.id) ?? ORIGIN) })));
    if (bounds === undefined) continue;
    const shell = container === undefined ? undefined : known.get(container)?.around;
    const corner = shell?.inset ?? cornerOf(boxes);
    for (const { id } of boxes) {
      const { x, y } = placed.get(id) ?? ORIGIN;
      places.set(id, { x: x - bounds.x + corner.x, y: y - bounds.y + corner.y });
    }
    if (container === undefined || shell === undefined) continue;
    sizes.set(container, shell.sizeAround({ right: corner.x + bounds.width, bottom: corner.y + bounds.height }));
  }
  return new Map(
    problem.boxes.map(({ id, width, height }) => {
      const way = chainOf(id).map((each) => places.get(each) ?? ORIGIN);
      const sum = (axis: 'x' | 'y') => Math.round(way.reduce((total, at) => total + at[axis], 0));
      return [id, { x: sum('x'), y: sum('y'), width, height, ...sizes.get(id) }];
    }),
  );
}

function cornerOf(boxes: readonly LayoutBox[]): Position {
  return { x: Math.min(...boxes.map(({ before }) => before.x)), y: Math.min(...boxes.map(({ before }) => before.y)) };
}
