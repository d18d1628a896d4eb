import type { FlowDocument, FlowEdge, FlowNode } from '@loom/graph';

/** A flow as a benchmark needs it: its file, and by node which two nodes feed it, if any do. */
export interface BenchFlow {
  /** What a file of the flow has in it, as parsed JSON. */
  readonly file: Pick<FlowDocument, 'nodes' | 'edges'> & { readonly loom: 1 };
  readonly feeds: readonly (readonly [number, number] | undefined)[];
}

/** The inputs of every node. */
export const PORTS = ['a', 'b'] as const;

/** What a node has in its inputs when nothing feeds it. */
export function literalsOf(index: number): { readonly a: number; readonly b: number } {
  return { a: index % 7, b: 1 };
}

/** The same numbers in every run: a linear congruential generator. */
function dice(): (sides: number) => number {
  let state = 42;
  return (sides) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * sides);
  };
}

function flowOf(feeds: BenchFlow['feeds'], type: string): BenchFlow {
  const nodes: Record<string, FlowNode> = {};
  const edges: Record<string, FlowEdge> = {};
  feeds.forEach((pair, i) => {
    const position = { x: (i % 100) * 200, y: Math.floor(i / 100) * 120 };
    nodes[`n${i}`] = { type, position, ...(pair ? {} : { inputs: literalsOf(i) }) };
    pair?.forEach((source, k) => {
      const targetPort = PORTS[k] as string; // there are two
      edges[`e${i}-${k}`] = { source: `n${source}`, sourcePort: 'out', target: `n${i}`, targetPort };
    });
  });
  return { file: { loom: 1, nodes, edges }, feeds };
}

/** Layers of a hundredth of the nodes; each node but those of the first takes two of the layer before. */
export function layeredFlow(count: number, type = 'bench/mix'): BenchFlow {
  const roll = dice();
  const width = Math.max(1, Math.floor(count / 100));
  const feeds = Array.from({ length: count }, (_, i) => {
    const start = (Math.floor(i / width) - 1) * width;
    return start < 0 ? undefined : ([start + roll(width), start + roll(width)] as const);
  });
  return flowOf(feeds, type);
}

/** Each node takes the one before, twice. */
export function chainFlow(count: number): BenchFlow {
  return flowOf(
    Array.from({ length: count }, (_, i) => (i === 0 ? undefined : ([i - 1, i - 1] as const))),
    'bench/mix',
  );
}

/** Nodes without wires. */
export function looseFlow(count: number, type: string): BenchFlow {
  return flowOf(Array.from({ length: count }), type);
}
