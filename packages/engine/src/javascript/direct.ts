import type { NodeFunction, NodeType } from '@loom/graph';
import type { DirectCode, DirectExecution, Places } from '../executor.js';
import { summarize } from '../preview/preview.js';
import type { OutputSummary, ValueRef } from '../value.js';
import { javascriptFault } from './fault.js';
import type { LoadedNode } from './module.js';
import { ResultShape } from './result.js';
import type { Slices } from './slices.js';
import type { ValueStore } from './values.js';

/** What direct calls need of their executor. */
export interface DirectHost {
  readonly values: ValueStore;
  readonly places: Places;
  readonly slices: Slices;
  readonly isDisposed: boolean;
  /** Code that was defined before. */
  loaded(task: { readonly typeId: string; readonly revision: string }): LoadedNode | undefined;
  readFile(path: string): Promise<Uint8Array>;
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
    return { ref: this.#host.values.keep(value), ...summarize(value) };
  }

  valueOf(ref: ValueRef): unknown {
    return this.#host.values.get(ref);
  }

  release(refs: readonly ValueRef[]): void {
    this.#host.values.release(refs);
  }

  sliceEnd(): number {
    return this.#host.slices.end();
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
    for (const callback of [...this.#onDispose]) callback();
    this.#onDispose.clear();
  }

  #codeOf(type: NodeType): DirectCode | undefined {
    const { id: typeId, implementation } = type;
    if (implementation.kind !== 'source' && implementation.kind !== 'function') return undefined;
    if (implementation.kind === 'function') {
      const outputs = type.outputs.map(({ id }) => id);
      return codeOf(type, implementation.run, new ResultShape({ implementation, outputs }));
    }
    const node = this.#host.loaded({ typeId, revision: implementation.revision });
    return node?.ok ? codeOf(type, node.run, node.shape, node.sourceText) : undefined;
  }
}

function codeOf(type: NodeType, run: NodeFunction, shape: ResultShape, text?: string): DirectCode {
  const source = text === undefined ? undefined : { typeId: type.id, text };
  return {
    run,
    wrongResult: (result) => shape.wrongResult(result),
    outputOf: (result, place) => shape.outputOf(result, place),
    faultOf: (thrown) => javascriptFault(thrown, source),
  };
}
