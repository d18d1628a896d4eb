import type { NodeId } from '@loom/graph';
import type { Run } from '../api.js';
import type { Clock } from '../clock.js';
import { faultFrom } from '../fault.js';
import type { NodeError } from '../node-error.js';
import type { EventNode } from './event-nodes.js';
import type { EventPayload, EventSource } from './event-source.js';
import { Firings } from './firings.js';
import type { LiveEvent, LiveNodeState } from './live-flow.js';
import { copyPayload } from './payload.js';
import { SourceLife } from './source-life.js';

type Untimed<Event> = Event extends LiveEvent ? Omit<Event, 'at'> : never;
/** A live event before it is timed. */
export type LiveEventBody = Untimed<LiveEvent>;

/** What an event node needs of its live flow. */
export interface LiveNodeHost {
  readonly clock: Clock;
  sourceOf(name: string): EventSource | undefined;
  begin(node: NodeId, payload: EventPayload, firing: number): Run;
  tell(event: LiveEventBody): void;
  /** Something changed that is not told. */
  onChanged(): void;
}

/** One event node while its flow is live: its source, and its firings. */
export class LiveNode {
  readonly id: NodeId;
  readonly #host: LiveNodeHost;
  readonly #life: SourceLife;
  readonly #firings: Firings;
  #node: EventNode | undefined;
  #status: 'starting' | 'listening' | 'stopped' = 'starting';
  #error: NodeError | undefined;
  /** Whether it failed because no run could begin, which another document may change. */
  #isRefused = false;

  constructor(id: NodeId, host: LiveNodeHost) {
    this.id = id;
    this.#host = host;
    this.#firings = new Firings({
      begin: (payload, firing) => host.begin(id, payload, firing),
      onStarted: (firing, runId) => host.tell({ kind: 'firing-started', node: id, firing, runId }),
      onFinished: (firing, runId, status, error) => {
        const body = { kind: 'firing-finished', node: id, firing, runId, status } as const;
        host.tell(error ? { ...body, error } : body);
      },
      onDropped: (count, code) => host.tell({ kind: 'firings-dropped', node: id, count, code }),
      onRefused: (error) => {
        this.#isRefused = true;
        this.#life.giveUp(error);
        this.#firings.dropWaiting();
        this.#fail(faultFrom(error, 'event/no-run'));
      },
    });
    this.#life = new SourceLife({
      clock: host.clock,
      sourceOf: (name) => host.sourceOf(name),
      listener: {
        onStarted: () => {
          this.#status = 'listening';
          this.#error = undefined;
          host.tell({ kind: 'source-started', node: id });
        },
        onFired: (payload) => this.#fire(payload),
        onFailed: (error) => this.#fail(error),
        onStopped: () => {
          this.#status = 'stopped';
          host.tell({ kind: 'source-stopped', node: id });
        },
        onStopFailed: (error) => this.#fail(this.#error ?? error, error),
      },
    });
  }

  /** Whether the document has it: what has left may still have runs that go on. */
  get isListed(): boolean {
    return this.#node !== undefined;
  }

  get state(): LiveNodeState {
    const { counts } = this.#firings;
    return this.#error ? { ...counts, status: 'error', error: this.#error } : { ...counts, status: this.#status };
  }

  /** Listens as a document says. */
  listen(node: EventNode): void {
    if (node.key !== this.#node?.key) {
      this.#error = undefined;
      this.#status = 'starting';
    }
    this.#node = node;
    this.#firings.setPolicy(node.policy);
    this.#life.want(node);
    if (this.#isRefused) {
      this.#isRefused = false;
      this.#error = undefined;
      this.#life.retry();
    }
  }

  /** Listens no longer. Runs that have begun go on. */
  leave(): void {
    this.#node = undefined;
    this.#firings.dropWaiting();
    this.#life.want(undefined);
  }

  /** Ends all that it does; resolves when it is done. */
  async stop(): Promise<void> {
    this.#firings.dropWaiting();
    this.#life.want(undefined);
    this.#firings.cancelRuns();
    await this.ended();
  }

  /** Resolves when nothing goes on any more. */
  async ended(): Promise<void> {
    while (this.#life.isStopping || this.#firings.counts.running > 0) {
      await Promise.all([this.#life.stopped(), this.#firings.ended()]);
    }
    this.#firings.tellDropped();
  }

  #fire(payload: EventPayload): void {
    if (!this.#node) return;
    this.#firings.add(copyPayload(payload, this.#node.outputs));
    this.#host.onChanged();
  }

  /** What is shown is what went wrong first. */
  #fail(error: NodeError, told = error): void {
    this.#error = error;
    this.#host.tell({ kind: 'event-failed', node: this.id, error: told });
  }
}
