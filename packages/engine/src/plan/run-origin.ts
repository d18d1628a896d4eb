import type { KeyTable } from './keys.js';

/**
 * How the results of a run came about: from which keys, and from which runs what it took over was. Stays while any of them
 * is remembered, after the values are gone.
 */
export class RunOrigin {
  /** Counts runs of the engine; tells the executions of one run from those of the next. */
  readonly version: number;
  /** Where to find the keys of the nodes as they were then. */
  readonly keys: KeyTable;
  /** The nodes that it was to give something of, in order; those whose results it used are not among them. */
  readonly nodes: Int32Array;
  /** Whether there may be more. */
  isOpen = true;
  /** Counts what came of it, as far as that is noted by node. */
  outcomes = 0;
  #reused: ReadonlyMap<number, { readonly record: { readonly version: number } }> | undefined;
  #taken: Map<number, number> | undefined;
  #fed: Map<number, ReadonlyMap<number, number>> | undefined;
  #failed: Set<number> | undefined;

  constructor(version: number, keys: KeyTable, nodes: Int32Array) {
    this.version = version;
    this.keys = keys;
    this.nodes = nodes;
  }

  /** Notes which results the run uses from the beginning. */
  reuse(results: ReadonlyMap<number, { readonly record: { readonly version: number } }>): void {
    this.#reused = results;
  }

  /** Notes that the result of a node is that of another run. */
  take(node: number, version: number): void {
    this.#taken ??= new Map();
    this.#taken.set(node, version);
  }

  /** Notes that what fed a node has been replaced since: by source, the run that the value came from. */
  keepFeeds(node: number, versions: ReadonlyMap<number, number>): void {
    this.#fed ??= new Map();
    if (!this.#fed.has(node)) this.#fed.set(node, versions);
  }

  /** Notes that a node gave nothing because of an error. */
  fail(node: number): void {
    this.#failed ??= new Set();
    this.#failed.add(node);
  }

  get hasFailures(): boolean {
    return this.#failed !== undefined;
  }

  hasFailed(node: number): boolean {
    return this.#failed?.has(node) ?? false;
  }

  /** The run whose execution of a node was used in this one. */
  versionOf(node: number): number {
    return this.#taken?.get(node) ?? this.#reused?.get(node)?.record.version ?? this.version;
  }

  /** The run whose execution of `source` fed `node`. */
  versionFed(source: number, node: number): number {
    return this.#fed?.get(node)?.get(source) ?? this.versionOf(source);
  }
}
