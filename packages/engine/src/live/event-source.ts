import type { Json, PortId } from '@loom/graph';
import type { Clock } from '../clock.js';

/** The values of a firing, by output port of its node. */
export type EventPayload = Readonly<Record<PortId, Json>>;

/** Releases what a source holds. */
export type StopSource = () => void | Promise<void>;

/** What a source is started with, once for each node that listens to it. */
export interface EventSourceOptions {
  /** The literals of the node, with the defaults of its type. */
  readonly inputs: EventPayload;
  /**
   * Begins a child run with these values. Ports that are not given are skipped, more than the node has is left out. Does
   * nothing after the source has been stopped or has failed.
   *
   * @throws LoomError `event/not-json` when a value is no JSON
   */
  fire(payload: EventPayload): void;
  /** Says that nothing more will come. The source is stopped and its node fails; other nodes go on. */
  fail(error: unknown): void;
  /** Aborts when the source has to stop, before its {@link StopSource} is called. */
  readonly signal: AbortSignal;
  readonly clock: Clock;
}

/**
 * Tells of something that happens outside: a timer, a file, a request. A node type whose implementation is
 * `{ kind: 'event', source: name }` listens to the source of that name while its flow is live.
 *
 * @example
 * ```ts
 * const keys: EventSource = {
 *   name: 'key',
 *   start: ({ fire }) => {
 *     const onKey = ({ key }: KeyboardEvent) => fire({ key });
 *     window.addEventListener('keydown', onKey);
 *     return () => window.removeEventListener('keydown', onKey);
 *   },
 * };
 * ```
 */
export interface EventSource {
  readonly name: string;
  /** Begins to listen. What it throws, or rejects with, fails the node. */
  start(options: EventSourceOptions): StopSource | Promise<StopSource>;
}
