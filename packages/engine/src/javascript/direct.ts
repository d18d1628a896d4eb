import { LoomError, type NodeFunction, type NodeType } from '@loom/graph';
import type { DirectCode, DirectExecution, DirectItems, Places } from '../executor.js';
import { sizeOf } from '../preview/size.js';
import type { OutputSummary, ValueRef } from '../value.js';
import { javascriptFault } from './fault.js';
import type { Items } from './items.js';
import type { LoadedNode } from './module.js';
import type { ResultShape } from './result.js';
import type { Slices } from './slices.js';
import { resultShape } from './streaming-result.js';
import type { ValueStore } from './values.js';

/** What direct calls need of their executor. */
export interface DirectHost {
  readonly values: ValueStore;
  readonly items: Items;
  readonly places: Places;
  readonly slices: Slices;
  readonly isDisposed: boolean;
  /** Code that was defined before. */
  loaded(task: { readonly typeId: string; readonly revision: string }): LoadedNode | undefined;
  readFile(path: string): Promise<Uint8Array>;
  /** Takes a value in, and says what is known of it. */
  keep(value: unknown): OutputSummary;
}

/** Functions of this realm, called without batches. */
export class JavaScriptDirect implements DirectExecution {
  readonly places: Places;
  readonly #host: DirectHost;
  readonly #codes = new WeakMap<NodeType, DirectCode>();
  readonly #onDispose = new Set<() => void>();

  constructor(host: DirectHost) {
    this.#host = host;
    this.places = host.places;
  }

  find(type: NodeType): DirectCode | undefined {
    if (this.#host.isDisposed) return undefined;
    const known = this.#codes.get(type);
    if (known) return known;
    const code = this.#codeOf(type);
    if (code) this.#codes.set(type, code);
    return code;
  }

  describe(value: unknown): OutputSummary {
    return this.#host.keep(value);
  }

  sizeOf(value: unknown): number {
    return sizeOf(value);
  }

  itemsOf(value: unknown): DirectItems {
    const { items } = this.#host;
    items.iterable(value);
    return {
      take: ({ from, max, signal }) => items.take(value, from, max, signal),
      close: () => items.close(value, new LoomError('value/lost', 'The stream was closed. Run its node again.')),
    };
  }

  valueOf(ref: ValueRef): unknown {
    return this.#host.values.get(ref);
  }

  release(refs: readonly ValueRef[]): void {
    this.#host.values.release(refs);
  }

  grant(): number {
    return this.#host.slices.grant();
  }

  spend(calls: number): void {
    this.#host.slices.spend(calls);
  }

  afterTurn(callback: () => void): void {
    this.#host.slices.afterTurn(callback);
  }

  readFile(path: string): Promise<Uint8Array> {
    return this.#host.readFile(path);
  }

  onDispose(callback: () => void): () => void {
    this.#onDispose.add(callback);
    return () => this.#onDispose.delete(callback);
  }

  dispose(): void {
    // Also those that are added meanwhile.
    for (const callback of this.#onDispose) callback();
    this.#onDispose.clear();
  }

  #codeOf(type: NodeType): DirectCode | undefined {
    const { id: typeId, implementation } = type;
    if (implementation.kind !== 'source' && implementation.kind !== 'function') return undefined;
    if (implementation.kind === 'function') {
      const outputs = type.outputs.map(({ id }) => id);
      const streams = type.outputs.filter((port) => port.type.kind === 'stream').map(({ id }) => id);
      return this.#coded(type, implementation.run, resultShape({ implementation, outputs, streams }));
    }
    const node = this.#host.loaded({ typeId, revision: implementation.revision });
    return node?.ok ? this.#coded(type, node.run, node.shape, node.sourceText) : undefined;
  }

  #coded(type: NodeType, run: NodeFunction, shape: ResultShape, text?: string): DirectCode {
    const source = text === undefined ? undefined : { typeId: type.id, text };
    const faultOf: DirectCode['faultOf'] = (thrown) => javascriptFault(thrown, source);
    const hasStreams = shape.ports.some((_, place) => shape.isStream(place));
    const outputOf: DirectCode['outputOf'] = hasStreams
      ? (result, place) => this.#adopted(shape, result, place, faultOf)
      : (result, place) => shape.outputOf(result, place);
    const { plainPorts } = shape;
    const wrongResult: DirectCode['wrongResult'] = (result) => shape.wrongResult(result);
    return { run, wrongResult, outputOf, faultOf, ...(plainPorts && !hasStreams && { plainPorts }) };
  }

  /** An output that may be a stream. What its code says goes to the context of the call, which is the engine's. */
  #adopted(shape: ResultShape, result: unknown, place: number, faultOf: DirectCode['faultOf']): unknown {
    const value = shape.outputOf(result, place);
    if (shape.isStream(place)) this.#host.items.adopt(value, { faultOf, onEnd: () => {} });
    return value;
  }
}
