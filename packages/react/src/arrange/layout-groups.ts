import type { GroupBox, LayoutBox, LayoutEnd, LayoutProblem, LayoutWire } from './layout-problem.js';

/** A wire as the group sees it that both its ends lie in, each in a box of that group. */
export interface GroupWire extends LayoutWire {
  readonly fromBox: string;
  readonly toBox: string;
}

/** The boxes that lie directly in the same one, with the wires between them. */
export interface BoxGroup {
  /** Undefined where they lie in nothing that is laid out. */
  readonly container: string | undefined;
  readonly boxes: readonly LayoutBox[];
  readonly wires: readonly GroupWire[];
}

/** A box and those around it, the innermost first. */
export type ChainOf = (id: string) => readonly string[];

/** Makes the function that knows what lies in what. */
export function chainsOf(boxes: readonly LayoutBox[]): ChainOf {
  const around = new Map(boxes.map(({ id, within }) => [id, within]));
  const known = new Map<string, readonly string[]>();
  return (id) => {
    const before = known.get(id);
    if (before !== undefined) return before;
    const chain: string[] = [];
    for (let at: string | undefined = id; at !== undefined && !chain.includes(at); at = around.get(at)) chain.push(at);
    known.set(id, chain);
    return chain;
  };
}

const railName = { first: 'loom:entry', last: 'loom:exit' } as const;

/** The groups of a problem, the innermost first. */
export function groupsOf({ boxes, wires }: LayoutProblem, chainOf: ChainOf): readonly BoxGroup[] {
  const groups = new Map<string | undefined, { boxes: LayoutBox[]; wires: GroupWire[] }>();
  for (const box of boxes) {
    const group = groups.get(box.within);
    if (group === undefined) groups.set(box.within, { boxes: [box], wires: [] });
    else group.boxes.push(box);
  }
  const ids = new Set([...boxes.map(({ id }) => id), railName.first, railName.last]);
  const isBox = (id: string) => ids.has(id);
  for (const wire of wires) {
    const met = meeting(chainOf(wire.from.node), chainOf(wire.to.node));
    if (met !== undefined && isBox(met.fromBox) && isBox(met.toBox)) {
      groups.get(met.container)?.wires.push({ ...wire, ...met });
    }
  }
  return [...groups]
    .map(([container, group]) => ({ container, ...group }))
    .sort((a, b) => depthOf(b, chainOf) - depthOf(a, chainOf));
}

function depthOf({ container }: BoxGroup, chainOf: ChainOf): number {
  return container === undefined ? 0 : chainOf(container).length;
}

/** The box around both ends of a wire, and the boxes directly in it that they lie in. From a container itself wires go inward. */
function meeting(from: readonly string[], to: readonly string[]) {
  const last = (chain: readonly string[], container: string | undefined) =>
    container === undefined ? chain.at(-1) : chain[chain.indexOf(container) - 1];
  const container = from.find((id) => to.includes(id));
  const fromBox = last(from, container) ?? railName.first;
  const toBox = last(to, container) ?? railName.last;
  return fromBox === toBox ? undefined : { container, fromBox, toBox };
}

/** The inner ports of the container as boxes without width: one before all others, one after them. */
export function railsOf(wires: readonly GroupWire[]): readonly GroupBox[] {
  const ends = (rail: 'first' | 'last'): LayoutEnd[] =>
    wires.flatMap(({ from, fromBox, to, toBox }) => [
      ...(fromBox === railName[rail] ? [from] : []),
      ...(toBox === railName[rail] ? [to] : []),
    ]);
  return (['first', 'last'] as const).flatMap((rail) => {
    const ys = ends(rail).map(({ y }) => y);
    return ys.length === 0 ? [] : [{ id: railName[rail], rail, width: 1, height: Math.max(...ys) + 1 }];
  });
}
