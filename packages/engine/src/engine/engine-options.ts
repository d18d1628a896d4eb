import type { CreateId, Library } from '@loom/graph';
import type { Clock } from '../clock.js';
import type { Executor } from '../executor.js';
import type { ResultTier } from '../tier/result-tier.js';

/** What an engine is made of, and its bounds. */
export interface EngineOptions {
  /** Resolves the node types of documents. */
  readonly library: Library;
  /** What performs nodes. The first that performs a node's language gets it. The engine disposes of them. */
  readonly executors: readonly Executor[];
  /** @default the platform's */
  readonly clock?: Clock;
  /** Makes run ids. @default random */
  readonly createId?: CreateId;
  /** Hears faults of listeners. @default console.error */
  readonly onListenerError?: (error: unknown) => void;
  /**
   * Whether results stay for later runs of a part. Without it values can be read until the next run begins.
   * @default true
   */
  readonly keepResults?: boolean;
  /**
   * Bytes of results of earlier edits that are kept, so that undo finds them again; estimated.
   * @default 256 MiB
   */
  readonly cacheBytes?: number;
  /**
   * Milliseconds that a cancelled run waits for an executor to stop, before it ends without it.
   * @default 15000
   */
  readonly cancelGraceMs?: number;
  /**
   * Where results of pure nodes are stored beyond the life of the engine, such as {@link indexedDbTier}. One that fails is as
   * good as empty, which is told once (`tier-failed`).
   */
  readonly tier?: ResultTier;
  /** Results that took less than so many milliseconds are computed again rather than stored. @default 5 */
  readonly tierWorthMs?: number;
  /** Milliseconds before a node that failed is tried again; doubled for each further try, up to 10 s. @default 100 */
  readonly retryDelayMs?: number;
  /** Items of a stream that may wait for its slowest reader before no more are asked for. @default 64 */
  readonly streamBuffer?: number;
  /** Items of a stream that are kept for who wants them all. @default 100000 */
  readonly maxStreamItems?: number;
}

/** How long a cancelled run waits for its executors, when nothing else is asked for. */
export const CANCEL_GRACE_MS = 15_000;

/** What is worth storing, when nothing else is asked for. */
export const TIER_WORTH_MS = 5;

/** Time before the second try, when nothing else is asked for. */
export const RETRY_DELAY_MS = 100;

/** Bounds of streams, when nothing else is asked for. */
export const STREAM_BUFFER = 64;
export const MAX_STREAM_ITEMS = 100_000;

/** How long disposing waits for what is being stored. Milliseconds. */
export const STORE_LEFT_MS = 2_000;
