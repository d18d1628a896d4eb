import { emptyDocument, type FlowDocument, type FlowEdge, type FlowNode } from '@loom/graph';
import type { Work } from './work.js';

/** Where the inputs `a` and `b` of a node come from: from an earlier node, by index, or from a literal. */
export type Feed = readonly [number | undefined, number | undefined];

/** The promoted inputs of every flow: a value of the first node, and one of the last. */
export const SOURCE = 'source';
export const LEAF = 'leaf';

const PORTS = ['a', 'b'] as const;

/** What the inputs of a node have when nothing feeds them. */
function literalsOf(index: number): readonly [number, number] {
  return [index % 7, 1];
}

/** The same numbers in every run: a linear congruential generator. */
function dice(): (sides: number) => number {
  let state = 42;
  return (sides) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * sides);
  };
}

/**
 * A hundred layers; each node but those of the first takes two others of the layer before. The first node of each takes
 * the first of the layer before, so that the first source is one on which much depends. The last node takes a
 * literal in the place of its second wire: the value of its own that a change of a leaf changes.
 */
export function layered(count: number): readonly Feed[] {
  const roll = dice();
  const width = Math.max(2, Math.floor(count / 100));
  return Array.from({ length: count }, (_, i): Feed => {
    const layer = Math.floor(i / width);
    if (layer === 0) return [undefined, undefined];
    const start = (layer - 1) * width;
    const place = i % width === 0 ? 0 : roll(width);
    const other = (place + 1 + roll(width - 1)) % width;
    return [start + place, i === count - 1 ? undefined : start + other];
  });
}

/** Each node takes the one before, and a literal. */
export function chain(count: number): readonly Feed[] {
  return Array.from({ length: count }, (_, i): Feed => [i === 0 ? undefined : i - 1, undefined]);
}

/** Nodes without wires. */
export function loose(count: number): readonly Feed[] {
  return Array.from({ length: count }, (): Feed => [undefined, undefined]);
}

/** The flow of a shape, as it is after a file was parsed. */
export function flowOf(feeds: readonly Feed[], work: Work): FlowDocument {
  const nodes: Record<string, FlowNode> = {};
  const edges: Record<string, FlowEdge> = {};
  feeds.forEach((feed, i) => {
    const inputs: Record<string, number> = {};
    feed.forEach((source, k) => {
      const port = PORTS[k] as string; // a feed has two
      if (source === undefined) inputs[port] = literalsOf(i)[k] as number;
      else edges[`e${i}-${k}`] = { source: `n${source}`, sourcePort: 'out', target: `n${i}`, targetPort: port };
    });
    const position = { x: (i % 100) * 200, y: Math.floor(i / 100) * 120 };
    nodes[`n${i}`] = { type: work, position, ...(Object.keys(inputs).length > 0 && { inputs }) };
  });
  const inputs = {
    [SOURCE]: { node: 'n0', port: 'a' },
    [LEAF]: { node: `n${feeds.length - 1}`, port: 'b' },
  };
  return { ...emptyDocument, nodes, edges, inputs };
}

/** How many nodes depend on the first, itself included. */
export function reachOfFirst(feeds: readonly Feed[]): number {
  const reached = new Uint8Array(feeds.length);
  let count = 0;
  feeds.forEach(([a, b], i) => {
    if (i > 0 && (a === undefined || reached[a] === 0) && (b === undefined || reached[b] === 0)) return;
    reached[i] = 1;
    count++;
  });
  return count;
}
