import type { Library, NodeType } from '@loom/graph';
import type { Clock } from '../clock.js';
import type { ExecutorSlot } from '../engine/executor-slot.js';
import type { Feed } from '../engine/feed.js';
import type { StoredResults } from '../engine/stored-results.js';
import type { EngineEvent } from '../event.js';
import type { ResultStore } from '../plan/results.js';
import type { ValueRef } from '../value.js';
import type { ChannelBounds } from './stream/channel.js';

/** What a run needs from its engine. */
export interface RunHost {
  readonly library: Library;
  readonly clock: Clock;
  readonly results: ResultStore;
  readonly slots: ReadonlyMap<string, ExecutorSlot>;
  readonly feed: Feed<EngineEvent>;
  readonly onListenerError: (error: unknown) => void;
  /** Results that outlive the engine, where it was given a place for them. */
  readonly stored: StoredResults | undefined;
  /** Milliseconds before a node is tried a second time. */
  readonly retryDelayMs: number;
  /** How many items of a stream may wait. */
  readonly streamBounds: ChannelBounds;
  /** How long a cancelled run waits for executors to say that they have stopped. */
  readonly cancelGraceMs: number;
  /** Names batches and tasks, uniquely within the engine. */
  nextNumber(count: number): number;
  /** The executor for a type; undefined when none performs its language. */
  slotFor(type: NodeType): ExecutorSlot | undefined;
  /** Keeps handles once more: they go when everybody has let them go. */
  retain(refs: readonly ValueRef[]): void;
  /** Lets values go, wherever they are. */
  release(refs: readonly ValueRef[]): void;
  /** A lane is free again: other runs may want it. */
  laneFreed(): void;
}
