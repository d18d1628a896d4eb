import type { NodeId, Position } from '@loom/graph';

/** A node with its place and size. */
export interface PlacedBox {
  readonly id: NodeId;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Which edges or middles come to lie on one line. */
export type Alignment = 'left' | 'right' | 'top' | 'bottom' | 'center' | 'middle';

type Positions = Readonly<Record<NodeId, Position>>;

/** Where boxes come to stand when they are aligned: at the outermost edge, or in the middle of all. */
export function align(boxes: readonly PlacedBox[], alignment: Alignment): Positions {
  const [left, top] = [Math.min(...boxes.map(({ x }) => x)), Math.min(...boxes.map(({ y }) => y))];
  const right = Math.max(...boxes.map(({ x, width }) => x + width));
  const bottom = Math.max(...boxes.map(({ y, height }) => y + height));
  return positions(boxes, ({ x, y, width, height }) => {
    switch (alignment) {
      case 'left':
        return { x: left, y };
      case 'right':
        return { x: right - width, y };
      case 'top':
        return { x, y: top };
      case 'bottom':
        return { x, y: bottom - height };
      case 'center':
        return { x: (left + right - width) / 2, y };
      case 'middle':
        return { x, y: (top + bottom - height) / 2 };
    }
  });
}

/** Where boxes come to stand with equal gaps between them; the first and the last stay. */
export function distribute(boxes: readonly PlacedBox[], direction: 'across' | 'down'): Positions {
  const [at, size] = direction === 'across' ? (['x', 'width'] as const) : (['y', 'height'] as const);
  const sorted = [...boxes].sort((a, b) => a[at] - b[at]);
  const [first, last] = [sorted[0], sorted.at(-1)];
  if (first === undefined || last === undefined) return {};
  const taken = sorted.reduce((sum, box) => sum + box[size], 0);
  const gap = (last[at] + last[size] - first[at] - taken) / Math.max(1, sorted.length - 1);
  let next = first[at];
  return positions(sorted, (box) => {
    const place = { x: box.x, y: box.y, [at]: next };
    next += box[size] + gap;
    return place;
  });
}

function positions(boxes: readonly PlacedBox[], place: (box: PlacedBox) => Position): Positions {
  return Object.fromEntries(
    boxes.map((box) => {
      const { x, y } = place(box);
      return [box.id, { x: Math.round(x), y: Math.round(y) }];
    }),
  );
}
