/** A node of the flow that every editor is given: three inputs, two outputs, one of some kinds, a place in a wide grid. */
export interface GridNode {
  readonly id: string;
  /** Index into {@link KINDS}. */
  readonly kind: number;
  readonly x: number;
  readonly y: number;
}

/** A wire from an output to an input, by index. */
export interface GridWire {
  readonly id: string;
  readonly source: string;
  readonly output: number;
  readonly target: string;
  readonly input: number;
}

export interface Grid {
  readonly columns: number;
  readonly nodes: readonly GridNode[];
  readonly wires: readonly GridWire[];
}

/** What nodes are, by name. */
export const KINDS = ['Load', 'Clean', 'Join', 'Scale', 'Split', 'Model', 'Score', 'Report'] as const;

/** From corner to corner of neighbours, in flow units. */
const PITCH = { x: 300, y: 240 };

/** A grid is so many times as wide as it is high. */
const WIDENESS = 2;

/** One and a half wires a node: each is fed by the one before it in its row, every second one also by one above. */
export function gridOf(count: number): Grid {
  const columns = Math.max(1, Math.ceil(Math.sqrt(count * WIDENESS)));
  const nodes = Array.from({ length: count }, (_, at) => ({
    id: `n${at}`,
    kind: at % KINDS.length,
    x: (at % columns) * PITCH.x,
    y: Math.floor(at / columns) * PITCH.y,
  }));
  const wires: GridWire[] = [];
  for (let at = 1; at < count; at++) {
    const column = at % columns;
    const target = `n${at}`;
    if (column === 0) continue;
    wires.push({ id: `w${wires.length}`, source: `n${at - 1}`, output: 0, target, input: 0 });
    const above = at - columns - 1;
    if (above < 0 || at % 2 === 0) continue;
    wires.push({ id: `w${wires.length}`, source: `n${above}`, output: 1, target, input: 1 });
  }
  return { columns, nodes, wires };
}

/** The ids of a square of nodes around the middle. */
export function middleOf({ columns, nodes }: Grid, side: number): readonly string[] {
  const rows = Math.ceil(nodes.length / columns);
  const [left, top] = [Math.max(0, (columns - side) >> 1), Math.max(0, (rows - side) >> 1)];
  return nodes
    .filter((_, at) => {
      const [column, row] = [at % columns, Math.floor(at / columns)];
      return column >= left && column < left + side && row >= top && row < top + side;
    })
    .map(({ id }) => id);
}
