import type { ExecutorSlot } from '../../engine/executor-slot.js';
import type { StoredResults } from '../../engine/stored-results.js';
import type { Outputs } from '../../plan/record-values.js';
import { Trait, traitsOf } from '../../plan/traits.js';
import type { Frame } from '../frame.js';
import type { Holder } from '../passed.js';
import { Phase } from '../tokens.js';

/** What stored results need of their run. */
export interface StoredNodesHost {
  readonly stored: StoredResults;
  readonly values: Holder;
  slotAt(frame: Frame, node: number): ExecutorSlot | undefined;
  turn(act?: () => void): void;
}

/** Nodes of one run whose results may be stored: those at the root that are pure with all that feeds them. */
export class StoredNodes {
  readonly #host: StoredNodesHost;
  readonly #abort = new AbortController();
  readonly #asked = new Set<number>();

  constructor(host: StoredNodesHost) {
    this.#host = host;
  }

  /** True when the result of a node is being looked up; it starts, or ends, when the answer is there. */
  looksUp(frame: Frame, node: number): boolean {
    const { stored } = this.#host;
    const type = frame.flow.types[node];
    if (!type || this.#asked.has(node) || !isStorable(frame, node) || !stored.mayHave(type)) return false;
    const slot = this.#host.slotAt(frame, node);
    if (!slot) return false;
    this.#asked.add(node);
    frame.tokens.phase[node] = Phase.ready;
    const found = (outputs: Outputs | undefined): void => {
      if (frame.tokens.phase[node] !== Phase.ready) {
        if (outputs) this.#host.values.release(Object.values(outputs).map(({ ref }) => ref));
      } else if (outputs) frame.endings.found(node, outputs);
      else frame.startAgain(node);
    };
    const { signal } = this.#abort;
    void stored
      .find(frame.plan.keys.keyOf(node), slot, signal)
      .then((outputs) => this.#host.turn(() => found(outputs)));
    return true;
  }

  /** Stores what a node has given. */
  ended(frame: Frame, node: number, durationMs: number): void {
    const type = frame.flow.types[node];
    if (!type || !isStorable(frame, node)) return;
    const outputs = (): ReturnType<Frame['book']['record']['outputsOf']> => frame.book.record.outputsOf(node);
    this.#host.stored.store(frame.plan.keys.keyOf(node), type, outputs, durationMs, this.#host.values);
  }

  /** The run is over. */
  close(): void {
    this.#abort.abort();
  }
}

function isStorable({ flow, path, plan }: Frame, node: number): boolean {
  if (path !== undefined || plan.decisions.get(node)?.action !== 'run') return false;
  const bits = traitsOf(flow)[node] ?? 0;
  if ((bits & Trait.pure) === 0 || (bits & (Trait.unkept | Trait.routed | Trait.constant)) !== 0) return false;
  // What the engine does itself costs nothing; zones are made of nodes.
  const kind = flow.types[node]?.implementation.kind;
  return kind === 'source' || kind === 'function';
}
