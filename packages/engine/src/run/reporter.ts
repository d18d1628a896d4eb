import type { NodeId } from '@loom/graph';
import { Feed } from '../engine/feed.js';
import type { RunCounts, RunEvent, RunStatus, SkipReason } from '../event.js';
import type { TaskEvent } from '../executor.js';
import type { NodeError } from '../node-error.js';
import type { NodeBook } from './node-book.js';
import type { RunHost } from './run-host.js';

/** An event before it is numbered and timed. */
type Unnumbered<Event> = Event extends RunEvent ? Omit<Event, 'runId' | 'sequence' | 'at'> : never;
export type RunEventBody = Unnumbered<RunEvent>;

/** What a reporter needs of its run. */
export interface ReporterOptions {
  readonly runId: string;
  /** Says nothing at all. */
  readonly quiet: boolean;
  readonly ids: readonly NodeId[];
  readonly host: Pick<RunHost, 'clock' | 'feed' | 'onListenerError'>;
}

/** Says what happens in a run, to its listeners and those of the engine. Unheard events are counted and not made. */
export class Reporter {
  readonly feed: Feed<RunEvent>;
  readonly #options: ReporterOptions;
  #sequence = 0;

  constructor(options: ReporterOptions) {
    this.#options = options;
    this.feed = new Feed(options.host.onListenerError);
  }

  runStarted(scope: Int32Array): void {
    if (this.#isHeard()) this.#emit({ kind: 'run-started', nodes: Array.from(scope, (node) => this.#idOf(node)) });
  }

  queued(node: number): void {
    if (this.#isHeard()) this.#emit({ kind: 'node-queued', node: this.#idOf(node) });
  }

  started(node: number): void {
    if (this.#isHeard()) this.#emit({ kind: 'node-started', node: this.#idOf(node) });
  }

  said(node: number, { stream, text }: Extract<TaskEvent, { kind: 'output' }>): void {
    if (this.#isHeard()) this.#emit({ kind: 'node-output', node: this.#idOf(node), stream, text });
  }

  progressed(node: number, { fraction, message }: Extract<TaskEvent, { kind: 'progress' }>): void {
    if (!this.#isHeard()) return;
    const body = { kind: 'node-progress', node: this.#idOf(node), fraction } as const;
    this.#emit(message === undefined ? body : { ...body, message });
  }

  succeeded(node: number, durationMs: number, cached: boolean, book: Pick<NodeBook, 'outputsOf'>): void {
    if (!this.#isHeard()) return;
    const outputs = book.outputsOf(node) ?? {};
    this.#emit({ kind: 'node-succeeded', node: this.#idOf(node), durationMs, cached, outputs });
  }

  failed(node: number, durationMs: number, error: NodeError): void {
    if (this.#isHeard()) this.#emit({ kind: 'node-failed', node: this.#idOf(node), durationMs, error });
  }

  skipped(node: number, reason: SkipReason): void {
    if (this.#isHeard()) this.#emit({ kind: 'node-skipped', node: this.#idOf(node), reason });
  }

  cancelled(node: number): void {
    if (this.#isHeard()) this.#emit({ kind: 'node-cancelled', node: this.#idOf(node) });
  }

  runFinished(status: RunStatus, counts: RunCounts, durationMs: number): void {
    if (this.#isHeard()) this.#emit({ kind: 'run-finished', status, counts, durationMs });
  }

  /** Whether anybody listens: what is told otherwise need not be made. */
  get isHeard(): boolean {
    const { quiet, host } = this.#options;
    return !quiet && (this.feed.isActive || host.feed.isActive);
  }

  /** Counts events that nobody hears. */
  countUnheard(events: number): void {
    this.#sequence += events;
  }

  /** Delivers what is waiting now. */
  flush(): void {
    this.feed.flush();
    this.#options.host.feed.flush();
  }

  /** Asked once for each event: without listeners it takes the event's number. */
  #isHeard(): boolean {
    if (this.isHeard) return true;
    this.#sequence++;
    return false;
  }

  #emit(body: RunEventBody): void {
    const { runId, host } = this.#options;
    // The body is ours and new: adding to it costs less than copying it.
    const event = Object.assign(body, { runId, sequence: this.#sequence++, at: host.clock.now() }) as RunEvent;
    this.feed.emit(event);
    host.feed.emit(event);
  }

  #idOf(node: number): NodeId {
    return this.#options.ids[node] as NodeId; // every index has an id
  }
}
