import type { CompiledFlow } from '../flow/compiled-flow.js';

/** A run of less than such a part of a flow finds its nodes by a table: an array of all would cost more than the run. */
const SMALL_PART = 8;

/** Where the values of a run's nodes are in its list of values: in order of execution, each output behind the one before. */
export interface ValueLayout {
  /** The nodes that have a place: the entry of a body, then those in scope. */
  readonly nodes: Int32Array;
  /** The values of the node at a position begin at `start[position]` and end before that of the next; each has one place at least. */
  readonly start: Int32Array;
  /** How many values there are. */
  readonly size: number;
  /** The position of a node; -1 for what is not in the run. */
  positionOf(node: number): number;
  /** Where the values of a node begin, -1 for what is not in the run, and how many there are. */
  startOf(node: number): number;
  countOf(node: number): number;
}

const layouts = new WeakMap<Int32Array, ValueLayout>();

/** The layout of what runs of these nodes give; the same for the same list. */
export function layoutOf(flow: CompiledFlow, scope: Int32Array): ValueLayout {
  let layout = layouts.get(scope);
  if (!layout) {
    const nodes = flow.entry < 0 ? scope : withEntry(flow.entry, scope);
    const isSmall = SMALL_PART * nodes.length < flow.ids.length;
    layout = isSmall ? new SparseLayout(flow, nodes) : new DenseLayout(flow, nodes);
    layouts.set(scope, layout);
  }
  return layout;
}

function withEntry(entry: number, scope: Int32Array): Int32Array {
  const nodes = new Int32Array(scope.length + 1);
  nodes[0] = entry;
  nodes.set(scope, 1);
  return nodes;
}

function startsOf({ types }: CompiledFlow, nodes: Int32Array): Int32Array {
  const start = new Int32Array(nodes.length + 1);
  let size = 0;
  for (let position = 0; position < nodes.length; position++) {
    start[position] = size;
    // Also a node without outputs has a place, which tells whether it gave its result.
    size += Math.max(1, types[nodes[position] as number]?.outputs.length ?? 0);
  }
  start[nodes.length] = size;
  return start;
}

abstract class Layout implements ValueLayout {
  readonly nodes: Int32Array;
  readonly start: Int32Array;
  readonly size: number;

  constructor(flow: CompiledFlow, nodes: Int32Array) {
    this.nodes = nodes;
    this.start = startsOf(flow, nodes);
    this.size = this.start[nodes.length] as number; // typed arrays of fixed length, here and below
  }

  abstract positionOf(node: number): number;

  startOf(node: number): number {
    const position = this.positionOf(node);
    return position < 0 ? -1 : (this.start[position] as number);
  }

  countOf(node: number): number {
    const position = this.positionOf(node);
    return (this.start[position + 1] as number) - (this.start[position] as number);
  }
}

class DenseLayout extends Layout {
  readonly #positions: Int32Array;

  constructor(flow: CompiledFlow, nodes: Int32Array) {
    super(flow, nodes);
    this.#positions = new Int32Array(flow.ids.length).fill(-1);
    for (let position = 0; position < nodes.length; position++) this.#positions[nodes[position] as number] = position;
  }

  override positionOf(node: number): number {
    return this.#positions[node] as number; // every index has one
  }
}

class SparseLayout extends Layout {
  readonly #positions = new Map<number, number>();

  constructor(flow: CompiledFlow, nodes: Int32Array) {
    super(flow, nodes);
    for (let position = 0; position < nodes.length; position++)
      this.#positions.set(nodes[position] as number, position);
  }

  override positionOf(node: number): number {
    return this.#positions.get(node) ?? -1;
  }
}
