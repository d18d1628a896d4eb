import type { PortId } from '@loom/graph';
import type { OutputSummary, Portable } from '../value.js';

/** An output as a tier keeps it: the whole value, and what is shown of it without reading that. */
export interface StoredOutput extends Omit<OutputSummary, 'ref' | 'isStream'> {
  readonly value: Portable;
}

/** What a node gave, by output port. A port that is not here was skipped. */
export interface StoredResult {
  readonly outputs: Readonly<Record<PortId, StoredOutput>>;
}

/**
 * Keeps results beyond the life of an engine, by the content key of their node. Which results it is given, and that a tier
 * that fails is as good as an empty one, is the engine's part: a tier rejects with a `LoomError` whose code begins with
 * `tier/` and does not try to be clever.
 *
 * A result that is set stays the caller's, but its buffers must not be transferred away until the promise resolves. Buffers
 * that `get` gave belong to whoever asked.
 *
 * @example
 * ```ts
 * const tier: ResultTier = indexedDbTier({ name: 'my-app-results', maxBytes: 100_000_000 });
 * await tier.set(key, { outputs: { rows: { value: encodePortable(rows), typeName: 'list', preview } } });
 * const again = await tier.get(key);
 * ```
 */
export interface ResultTier {
  /** What is kept under a key; undefined when nothing is. @throws LoomError `tier/aborted` when the signal aborts */
  get(key: string, signal?: AbortSignal): Promise<StoredResult | undefined>;
  /**
   * Keeps a result in place of any that has this key, and lets those go that were not used for the longest time until all
   * fit. A result that alone is too large is not kept, which is no error.
   */
  set(key: string, result: StoredResult): Promise<void>;
  delete(key: string): Promise<void>;
  /** Lets everything go. */
  clear(): Promise<void>;
  /** Ends the use of the tier, not what it keeps. Later calls reject with `tier/closed`; closing twice is fine. */
  close(): Promise<void>;
}
