import { contentHash, type Json, type PortId } from '@loom/graph';
import type { CompiledFlow } from '../flow/compiled-flow.js';
import type { Overrides } from './blocked.js';

/**
 * The content keys of a flow's nodes: a node's key is the hash of its code, its literals, its environment and the keys
 * of what feeds it, in order. Two nodes with one key compute the same. Computed when asked for, once.
 */
export class KeyTable {
  readonly flow: CompiledFlow;
  readonly #overrides: Overrides;
  readonly #keys: (string | undefined)[];
  #environment: string | undefined;

  constructor(flow: CompiledFlow, overrides: Overrides) {
    this.flow = flow;
    this.#overrides = overrides;
    this.#keys = new Array<string | undefined>(flow.ids.length);
  }

  /** The key of a node, by index; empty for a node that waits for itself. */
  keyOf(node: number): string {
    const known = this.#keys[node];
    if (known !== undefined) return known;
    // Those that feed it come first; a stack of our own, because chains may be longer than the engine's.
    const stack = [node];
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const missing = this.#keys[top] === undefined ? this.#missingSources(top) : [];
      if (missing.length > 0) {
        stack.push(...missing);
      } else {
        this.#keys[top] ??= this.#compute(top);
        stack.pop();
      }
    }
    return this.#keys[node] ?? '';
  }

  #missingSources(node: number): number[] {
    const { cyclic, inStart, inEdges, edgeSource } = this.flow;
    if (cyclic[node] === 1) return [];
    const missing: number[] = [];
    const end = inStart[node + 1] as number; // typed arrays of fixed length, here and below
    for (let k = inStart[node] as number; k < end; k++) {
      const source = edgeSource[inEdges[k] as number] as number;
      if (this.#keys[source] === undefined) missing.push(source);
    }
    return missing;
  }

  #compute(node: number): string {
    const { cyclic, inStart, inEdges, edgeSource, edgeSourcePort, edgeTargetPort, nodes, types } = this.flow;
    if (cyclic[node] === 1) return '';
    const implementation = types[node]?.implementation;
    const revision = implementation && implementation.kind !== 'missing' ? implementation.revision : '';
    const isPython = implementation?.kind === 'source' && implementation.language === 'python';
    const parts = [
      nodes[node]?.type,
      revision,
      isPython ? this.#environmentKey() : '',
      nodes[node]?.settings?.mode ?? '',
      sortedEntries(nodes[node]?.inputs ?? {}),
      [...(this.#overrides.get(node) ?? [])].sort(byName),
    ];
    let text = JSON.stringify(parts);
    const end = inStart[node + 1] as number;
    for (let k = inStart[node] as number; k < end; k++) {
      const edge = inEdges[k] as number;
      const source = this.#keys[edgeSource[edge] as number] ?? '';
      text += JSON.stringify([edgeTargetPort[edge], source, edgeSourcePort[edge]]);
    }
    return contentHash(text);
  }

  #environmentKey(): string {
    this.#environment ??= JSON.stringify(this.flow.document.environment);
    return this.#environment;
  }
}

function sortedEntries(inputs: Readonly<Record<PortId, Json>>): readonly (readonly [PortId, Json])[] {
  return Object.entries(inputs).sort(byName);
}

function byName(a: readonly [string, unknown], b: readonly [string, unknown]): number {
  return a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0;
}
