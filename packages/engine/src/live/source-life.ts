import { LoomError } from '@loom/graph';
import type { Clock } from '../clock.js';
import { faultFrom, faultOf } from '../fault.js';
import type { NodeError } from '../node-error.js';
import type { EventNode } from './event-nodes.js';
import type { EventPayload, EventSource, StopSource } from './event-source.js';

/** A source that does not stop in this time is left behind. */
const STOP_TIMEOUT_MS = 5_000;

/** What hears of a source. */
export interface SourceListener {
  onStarted(): void;
  onFired(payload: EventPayload): void;
  /** It will not fire again until it is started anew. */
  onFailed(error: NodeError): void;
  /** It was let go, or there is nothing to let go. */
  onStopped(): void;
  /** It said that something is wrong when it was let go. */
  onStopFailed(error: NodeError): void;
}

/** What a source life needs. */
export interface SourceLifeOptions {
  readonly clock: Clock;
  readonly listener: SourceListener;
  sourceOf(name: string): EventSource | undefined;
}

/** A source from its start to its stop. */
interface Listening {
  readonly key: string;
  readonly abort: AbortController;
  /** Whether what it fires counts for nothing: it has failed, or was told to stop. */
  isOver: boolean;
  /** Whether it has to start anew although its node is the same. */
  isStale: boolean;
  /** Absent until it is known, and where the start failed. */
  stop?: StopSource | Promise<StopSource>;
}

/**
 * Starts and stops the source of one node, one after the other: a new one begins when the one before has let go of what it
 * holds, such as a port of the machine. Everything happens at once where sources let it.
 */
export class SourceLife {
  readonly #options: SourceLifeOptions;
  #listening: Listening | undefined;
  #wanted: EventNode | undefined;
  /** Sources that are letting go. */
  readonly #stopping = new Set<Promise<void>>();

  constructor(options: SourceLifeOptions) {
    this.#options = options;
  }

  /** Says how to listen from now on, or that no longer. Listening in this way already goes on, also if it has failed. */
  want(node: EventNode | undefined): void {
    this.#wanted = node;
    this.#settle();
  }

  /** Lets go of what listens as if it had failed, and tells nobody. */
  giveUp(reason: unknown): void {
    if (this.#listening) this.#giveUp(this.#listening, reason);
  }

  /** Starts anew if it has failed or was given up. */
  retry(): void {
    if (this.#listening?.isOver) this.#listening.isStale = true;
    this.#settle();
  }

  get isStopping(): boolean {
    return this.#stopping.size > 0;
  }

  /** Resolves when nothing is about to stop any more. */
  async stopped(): Promise<void> {
    while (this.isStopping) await Promise.all(this.#stopping);
  }

  #settle(): void {
    for (;;) {
      const listening = this.#listening;
      const isRight = listening?.key === this.#wanted?.key && !listening?.isStale;
      if (this.isStopping || isRight) return;
      if (listening) {
        this.#listening = undefined;
        this.#end(listening);
      } else if (this.#wanted) {
        this.#start(this.#wanted);
      }
    }
  }

  #start({ key, source: name, inputs, problem }: EventNode): void {
    const { clock, listener, sourceOf } = this.#options;
    const listening: Listening = { key, abort: new AbortController(), isOver: false, isStale: false };
    this.#listening = listening;
    const source = sourceOf(name);
    if (problem || !source) {
      listening.isOver = true;
      listener.onFailed(
        problem ?? faultOf('event/no-source', `Nothing here tells of "${name}". Add an event source of this name.`),
      );
      return;
    }
    try {
      const started = source.start({
        inputs,
        clock,
        signal: listening.abort.signal,
        fire: (payload) => {
          if (!listening.isOver) listener.onFired(payload);
        },
        fail: (error) => this.#fail(listening, error),
      });
      if (isPromise(started)) {
        listening.stop = started.then(
          (stop) => {
            if (!listening.isOver) listener.onStarted();
            return stop;
          },
          (error: unknown) => {
            this.#fail(listening, error);
            return () => undefined;
          },
        );
      } else {
        listening.stop = started;
        if (!listening.isOver) listener.onStarted();
      }
    } catch (error) {
      this.#fail(listening, error);
      return;
    }
    // It failed, or was told to stop, while it was starting: now there is something to let go.
    if (listening.isOver) this.#release(listening);
  }

  #fail(listening: Listening, error: unknown): void {
    if (listening.isOver) return;
    this.#options.listener.onFailed(faultFrom(error, 'event/source-failed'));
    this.#giveUp(listening, error);
  }

  #giveUp(listening: Listening, reason: unknown): void {
    listening.isOver = true;
    listening.abort.abort(reason);
    this.#release(listening);
  }

  #end(listening: Listening): void {
    const hasFailed = listening.isOver;
    listening.isOver = true;
    listening.abort.abort(new LoomError('event/stopped', 'The event source has to stop.'));
    this.#release(listening, () => {
      if (!hasFailed) this.#options.listener.onStopped();
    });
  }

  /** Calls what stops a source, once. */
  #release(listening: Listening, onDone: () => void = () => undefined): void {
    const { stop } = listening;
    delete listening.stop;
    const stopping = this.#call(stop);
    if (!isPromise(stopping)) {
      onDone();
      return;
    }
    const ended = this.#bounded(stopping).then(() => {
      this.#stopping.delete(ended);
      onDone();
      this.#settle();
    });
    this.#stopping.add(ended);
  }

  #call(stop: Listening['stop']): void | Promise<void> {
    try {
      return isPromise(stop) ? stop.then((known) => call(known)) : call(stop);
    } catch (error) {
      this.#tellStopFailed(error);
    }
  }

  #tellStopFailed(error: unknown): void {
    this.#options.listener.onStopFailed(faultFrom(error, 'event/source-failed'));
  }

  #bounded(stopping: Promise<void>): Promise<void> {
    const { clock } = this.#options;
    return new Promise((resolve) => {
      const timer = clock.setTimeout(() => {
        const message = `An event source did not stop within ${STOP_TIMEOUT_MS / 1_000} seconds; it was left behind.`;
        this.#tellStopFailed(new LoomError('event/stop-timed-out', message));
        resolve();
      }, STOP_TIMEOUT_MS);
      Promise.resolve(stopping)
        .catch((error: unknown) => this.#tellStopFailed(error))
        .finally(() => {
          clock.clearTimeout(timer);
          resolve();
        });
    });
  }
}

/** Sources in JavaScript may well give nothing that stops them. */
function call(stop: StopSource | undefined): void | Promise<void> {
  return stop?.();
}

function isPromise<Value>(value: Value | Promise<Value>): value is Promise<Value> {
  return typeof (value as Partial<Promise<Value>> | undefined)?.then === 'function';
}
