import type { NodeType, PortId } from '@loom/graph';
import type { ResultTier, StoredOutput, StoredResult } from '../tier/result-tier.js';
import type { OutputSummary, ValueRef } from '../value.js';
import type { ExecutorSlot } from './executor-slot.js';

/** Results that wait to be stored; beyond, those that came first are not. */
const MOST_WAITING = 1_000;

type Outputs = Readonly<Record<PortId, OutputSummary>>;

export interface StoredResultsOptions {
  readonly tier: ResultTier;
  /** Results that took less are computed again rather than stored. Milliseconds. */
  readonly worthMs: number;
  readonly slotOf: (ref: ValueRef) => ExecutorSlot | undefined;
  /** Hears the first fault of the tier: it is as good as empty from then on. */
  readonly onFault: (error: unknown) => void;
}

/**
 * What an engine does with a tier: looks results up before nodes start, and stores them after they have ended, one by one
 * and without anybody waiting for it.
 */
export class StoredResults {
  readonly #options: StoredResultsOptions;
  /** Revisions that were quick so far: looking up would take longer. */
  readonly #quick = new Set<string>();
  #waiting: (() => Promise<void>)[] = [];
  #storing: Promise<void> | undefined;
  #isBroken = false;

  constructor(options: StoredResultsOptions) {
    this.#options = options;
  }

  /** Whether it is worth asking for the results of a type. */
  mayHave(type: NodeType): boolean {
    return !this.#isBroken && !this.#quick.has(revisionOf(type));
  }

  /** The result of a key, taken in by the executor; undefined when there is none, or it cannot be had. */
  async find(key: string, slot: ExecutorSlot, signal: AbortSignal): Promise<Outputs | undefined> {
    let stored: StoredResult | undefined;
    try {
      stored = await this.#options.tier.get(key, signal);
    } catch (error) {
      if (!signal.aborted) this.#break(error);
      return undefined;
    }
    if (!stored || signal.aborted) return undefined;
    const outputs: Record<PortId, OutputSummary> = {};
    try {
      await slot.start();
      for (const [port, { value, ...shown }] of Object.entries(stored.outputs)) {
        outputs[port] = { ...shown, ref: await slot.executor.write(value) };
      }
      return outputs;
    } catch {
      // The node can still be run.
      slot.executor.release(Object.values(outputs).map(({ ref }) => ref));
      return undefined;
    }
  }

  /** Stores what a node gave, some time soon. `retain` and `release` are called around it. */
  store(key: string, type: NodeType, outputs: () => Outputs, durationMs: number, held: Holding): void {
    if (this.#isBroken) return;
    const revision = revisionOf(type);
    if (durationMs < this.#options.worthMs) {
      this.#quick.add(revision);
      return;
    }
    this.#quick.delete(revision);
    if (this.#waiting.length >= MOST_WAITING) return;
    const given = outputs();
    const refs = Object.values(given).map(({ ref }) => ref);
    held.retain(refs);
    this.#waiting.push(async () => {
      try {
        await this.#store(key, given);
      } finally {
        held.release(refs);
      }
    });
    this.#storing ??= this.#work();
  }

  /** Resolves when everything that waits has been stored. */
  async settled(): Promise<void> {
    await this.#storing;
  }

  async #work(): Promise<void> {
    for (let next = this.#waiting.shift(); next; next = this.#waiting.shift()) await next();
    this.#storing = undefined;
  }

  async #store(key: string, given: Outputs): Promise<void> {
    if (this.#isBroken) return;
    const outputs: Record<PortId, StoredOutput> = {};
    try {
      for (const [port, { ref, isStream: _, ...shown }] of Object.entries(given)) {
        const value = await this.#options.slotOf(ref)?.executor.read(ref);
        if (!value) return;
        outputs[port] = { ...shown, value };
      }
    } catch {
      // What cannot travel, or is gone already, is not stored.
      return;
    }
    try {
      await this.#options.tier.set(key, { outputs });
    } catch (error) {
      this.#break(error);
    }
  }

  #break(error: unknown): void {
    if (this.#isBroken) return;
    this.#isBroken = true;
    this.#waiting = [];
    this.#options.onFault(error);
  }
}

/** Who keeps values while they are being stored. */
export interface Holding {
  retain(refs: readonly ValueRef[]): void;
  release(refs: readonly ValueRef[]): void;
}

function revisionOf({ id, implementation }: NodeType): string {
  return `${id}\n${implementation.kind === 'missing' ? '' : implementation.revision}`;
}
