import type { FlowDocument, Position } from '@loom/graph';

/** How far a node goes aside of one that stands where it should, in flow units. */
const STEP = 32;

/** The first place from here, to the right and below, where no other node has its corner: nodes must not hide each other. */
export function freePlace(nodes: FlowDocument['nodes'], at: Position): Position {
  const corners = Object.values(nodes).map(({ position }) => position);
  let place = at;
  const isTaken = ({ x, y }: Position) =>
    corners.some((corner) => Math.abs(corner.x - x) < STEP / 2 && Math.abs(corner.y - y) < STEP / 2);
  while (isTaken(place)) place = { x: place.x + STEP, y: place.y + STEP };
  return place;
}
