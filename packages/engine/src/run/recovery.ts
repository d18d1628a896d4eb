import type { NodeId } from '@loom/graph';
import type { RunResult } from '../api.js';
import { faultOf } from '../fault.js';
import type { NodeError } from '../node-error.js';
import type { ResultStore } from '../plan/results.js';
import type { Frame } from './frame.js';
import { Phase } from './tokens.js';

/** What recovery tells its run. */
export interface RecoveryListener {
  turn(act: () => void): void;
}

export interface RecoveryOptions {
  /** The frame at the root: what is in others is begun anew with their container. */
  readonly root: Frame;
  readonly results: ResultStore;
  /** Computes values of nodes again, quietly. */
  readonly recompute: (nodes: readonly NodeId[], signal: AbortSignal) => Promise<RunResult>;
}

/**
 * Values that went with a worker while a run still needs them. A node that is about to be sent and lacks one waits
 * until the producers have run again, once in a run; if that does not help, it fails with `executor/lost`.
 */
export class Recovery {
  readonly #options: RecoveryOptions;
  readonly #listener: RecoveryListener;
  readonly #lost = new Set<number>();
  /** Producers that ran again, and nodes that were sent again. */
  readonly #repeated = new Set<number>();
  readonly #retried = new Set<number>();
  readonly #retriedInFrames = new WeakMap<Frame, Set<number>>();
  #abort: AbortController | undefined;
  #isCancelled = false;

  constructor(options: RecoveryOptions, listener: RecoveryListener) {
    this.#options = options;
    this.#listener = listener;
  }

  /** Notes whose values are gone. */
  lose(executor: string, handles: ReadonlySet<string> | 'all'): void {
    const { plan, book } = this.#options.root;
    for (const node of plan.scope) {
      for (const ref of book.refsOf(node)) {
        if (ref.executor === executor && (handles === 'all' || handles.has(ref.handle))) this.#lost.add(node);
      }
    }
  }

  /**
   * Whether a node that ended with this error may be sent once more, because its function never started. `lacking` are the nodes
   * whose values it is, where that is known.
   */
  mayRetry(
    frame: Frame,
    node: number,
    error: NodeError,
    hasStarted: boolean,
    lacking: Iterable<number> = this.#sourcesOf(frame, node),
  ): boolean {
    const isLost = error.code === 'value/lost' || error.code === 'executor/lost';
    if (!isLost || hasStarted || this.#isCancelled) return false;
    if (frame !== this.#options.root) return this.#mayRetryInFrame(frame, node, error);
    if (this.#retried.has(node)) return false;
    this.#retried.add(node);
    if (error.code === 'value/lost') for (const source of lacking) this.#lost.add(source);
    return true;
  }

  /** In a frame only what was never received is sent again: lost values come again with a new frame. */
  #mayRetryInFrame(frame: Frame, node: number, error: NodeError): boolean {
    if (error.code !== 'executor/lost') return false;
    const retried = this.#retriedInFrames.get(frame) ?? new Set<number>();
    this.#retriedInFrames.set(frame, retried);
    if (retried.has(node)) return false;
    retried.add(node);
    return true;
  }

  /** Whether a node lacks an input that was there. */
  isNeededFor(frame: Frame, node: number): boolean {
    if (this.#lost.size === 0 || frame !== this.#options.root) return false;
    return this.#sourcesOf(frame, node).some((source) => this.#lost.has(source));
  }

  /** Computes what the nodes lack; they wait meanwhile, and go on or fail. */
  recover(nodes: readonly number[]): void {
    const { root } = this.#options;
    const producers = new Set<number>();
    for (const node of nodes) {
      for (const source of this.#sourcesOf(root, node)) if (this.#lost.has(source)) producers.add(source);
    }
    const again = [...producers].find((producer) => this.#repeated.has(producer));
    if (again !== undefined) {
      this.#failAll(nodes, 'It was computed again once in this run already, and lost again.');
      return;
    }
    for (const producer of producers) this.#repeated.add(producer);
    const ids = Array.from(producers, (producer) => root.idOf(producer));
    void this.#recompute(nodes, producers, ids);
  }

  /** Stops what is being computed again. */
  cancel(): void {
    this.#isCancelled = true;
    this.#abort?.abort();
  }

  async #recompute(nodes: readonly number[], producers: Iterable<number>, ids: readonly NodeId[]): Promise<void> {
    const { results, root } = this.#options;
    const { book, plan, tokens } = root;
    let reason = 'Computing it again failed.';
    try {
      this.#abort ??= new AbortController();
      const { status } = await this.#options.recompute(ids, this.#abort.signal);
      if (this.#isCancelled) return;
      if (status === 'succeeded') {
        reason = '';
        for (const producer of producers) {
          // What gives nothing, because it is skipped or hands nothing on, has no result, and lacks none either.
          this.#lost.delete(producer);
          const newest = results.newest(plan.flow, producer);
          if (newest?.record) book.recomputed(producer, { record: newest.record, index: newest.index });
        }
      }
    } catch (thrown) {
      if (this.#isCancelled) return;
      reason = thrown instanceof Error ? thrown.message : reason;
    }
    this.#listener.turn(() => {
      if (reason !== '') this.#failAll(nodes, reason);
      else for (const node of nodes) if (tokens.phase[node] === Phase.ready) root.putBack(node);
    });
  }

  #failAll(nodes: readonly number[], reason: string): void {
    const { root } = this.#options;
    const error = faultOf('executor/lost', `The value of an input was lost with its worker. ${reason}`);
    for (const node of nodes) if (root.tokens.phase[node] === Phase.ready) root.fail(node, error, 0);
  }

  #sourcesOf({ flow }: Frame, node: number): number[] {
    const { inStart, inEdges, edgeSource } = flow;
    const sources: number[] = [];
    const end = inStart[node + 1] as number; // typed arrays of fixed length
    for (let k = inStart[node] as number; k < end; k++) sources.push(edgeSource[inEdges[k] as number] as number);
    return sources;
  }
}
