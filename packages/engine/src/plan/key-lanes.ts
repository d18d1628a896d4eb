import type { Lanes } from './key-hash.js';

/** The two halves of the keys of nodes, as far as they are known. */
export interface LaneTable {
  has(node: number): boolean;
  highOf(node: number): number;
  lowOf(node: number): number;
  set(node: number, high: number, low: number): void;
}

export class DenseLanes implements LaneTable {
  readonly #known: Uint8Array;
  readonly #high: Int32Array;
  readonly #low: Int32Array;

  constructor(count: number) {
    this.#known = new Uint8Array(count);
    this.#high = new Int32Array(count);
    this.#low = new Int32Array(count);
  }

  has(node: number): boolean {
    return this.#known[node] === 1;
  }

  highOf(node: number): number {
    return this.#high[node] ?? 0;
  }

  lowOf(node: number): number {
    return this.#low[node] ?? 0;
  }

  set(node: number, high: number, low: number): void {
    this.#known[node] = 1;
    this.#high[node] = high;
    this.#low[node] = low;
  }
}

/** For what is given to a run: most of its flow has the keys that it has anyway. */
export class SparseLanes implements LaneTable {
  readonly #lanes = new Map<number, Lanes>();

  has(node: number): boolean {
    return this.#lanes.has(node);
  }

  highOf(node: number): number {
    return this.#lanes.get(node)?.high ?? 0;
  }

  lowOf(node: number): number {
    return this.#lanes.get(node)?.low ?? 0;
  }

  set(node: number, high: number, low: number): void {
    this.#lanes.set(node, { high, low });
  }
}
