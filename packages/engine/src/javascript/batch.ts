import { LoomError, type PortId } from '@loom/graph';
import { CallContext, type ContextHost } from '../call/context.js';
import type { Said } from '../call/said.js';
import { isThenable } from '../call/thenable.js';
import type { Batch, Places, Task, TaskEvent } from '../executor.js';
import type { NodeError } from '../node-error.js';
import { isStream } from '../preview/describe.js';
import { summarize } from '../preview/preview.js';
import { skip } from '../skip.js';
import type { OutputSummary } from '../value.js';
import { BatchStreams, type StreamHost } from './batch-streams.js';
import { javascriptFault } from './fault.js';
import { resolveInputs, type TaskOutcome } from './inputs.js';
import type { LoadedNode } from './module.js';
import type { Slices } from './slices.js';
import type { ValueStore } from './values.js';

/** Events kept back within one turn, so that an endless log does not fill the memory. */
const MAX_GROUP = 1_000;

/** What a batch needs from its executor. */
export interface BatchHost extends StreamHost {
  readonly values: ValueStore;
  /** The code for a task; undefined when it was never defined. */
  loaded(task: Task): LoadedNode | undefined;
  readFile(path: string): Promise<Uint8Array>;
  /** For asynchronous tasks. */
  readonly places: Places;
  readonly slices: Slices;
}

const PENDING: TaskOutcome = { state: 'pending' };
const NOTHING: TaskOutcome = { state: 'nothing' };

/** One call of a task: what follows its end needs to know of its beginning. */
interface Call {
  readonly task: Task;
  readonly node: Extract<LoadedNode, { ok: true }>;
  readonly context: CallContext<string>;
  readonly start: number;
  /** Streams among its inputs. */
  readonly reads: readonly object[];
}

/**
 * One batch at work. Synchronous functions run one after the other in a loop with no promise between them; asynchronous
 * ones run side by side as their inputs come. Every task gets exactly one final event.
 */
export class BatchRun implements ContextHost<string> {
  readonly finished: Promise<void>;
  readonly #host: BatchHost;
  readonly #onEvents: (events: readonly TaskEvent[]) => void;
  readonly #outcomes = new Map<string, TaskOutcome>();
  readonly #unfinished = new Map<string, Task>();
  /** Asynchronous tasks that have not settled. */
  readonly #running = new Map<string, CallContext<string>>();
  readonly #streams: BatchStreams;
  readonly #waiters = new Map<string, Task[]>();
  #ready: Task[];
  #position = 0;
  #events: TaskEvent[] = [];
  #flushScheduled = false;
  #suspended = false;
  #resolve: () => void = () => {};

  constructor(batch: Batch, host: BatchHost, onEvents: (events: readonly TaskEvent[]) => void) {
    this.#host = host;
    this.#streams = new BatchStreams(host);
    this.#onEvents = onEvents;
    this.#ready = [...batch.tasks];
    for (const task of batch.tasks) {
      this.#unfinished.set(task.id, task);
      this.#outcomes.set(task.id, PENDING);
    }
    this.finished = new Promise((resolve) => {
      this.#resolve = resolve;
    });
  }

  /** Runs what can run now. Who has waited for a turn runs at least one task in it, however little time is left. */
  work(isOwed = false): void {
    if (this.#suspended) return;
    let owed = isOwed;
    const sliceEnd = this.#host.slices.end();
    let now = performance.now();
    while (this.#position < this.#ready.length) {
      const task = this.#ready[this.#position++] as Task; // within the bounds of the loop
      if (!this.#unfinished.has(task.id)) continue;
      if (now > sliceEnd && !owed) {
        this.#position--;
        this.#yieldToPage();
        break;
      }
      if (!this.#host.places.hasFree) {
        this.#position--;
        this.#host.places.whenFree(() => this.work());
        break;
      }
      now = this.#perform(task);
      owed = false;
      if (this.#events.length >= MAX_GROUP) this.#flush();
    }
    if (this.#position === this.#ready.length) {
      this.#ready = [];
      this.#position = 0;
    }
    this.#flush();
  }

  /** Ends everything that has not ended as cancelled. What still runs is told by its signal and then ignored. */
  cancel(): void {
    for (const id of this.#unfinished.keys()) this.#events.push({ kind: 'cancelled', task: id });
    this.#unfinished.clear();
    const reason = new LoomError('run/cancelled', 'The run was cancelled.');
    for (const [id, context] of this.#running) {
      // What never settles must not keep a place for ever.
      this.#host.places.leave();
      this.#host.calls.delete(id);
      context.stop(reason);
    }
    this.#running.clear();
    this.#flush();
  }

  /** Returns the time at its end, which serves as the next task's look at the clock. */
  #perform(task: Task): number {
    const start = performance.now();
    let stopHearing: (() => void) | undefined;
    try {
      const resolved = resolveInputs(task, this.#outcomes, this.#host.values);
      if (resolved.state === 'waiting') {
        const waiters = this.#waiters.get(resolved.task);
        if (waiters) waiters.push(task);
        else this.#waiters.set(resolved.task, [task]);
        return start;
      }
      if (resolved.state === 'unresolved') {
        this.#end(task, { kind: 'unresolved', task: task.id }, NOTHING);
        return start;
      }
      this.#events.push({ kind: 'started', task: task.id });
      const node = this.#host.loaded(task);
      if (!node)
        throw new LoomError('executor/fault', `The node type "${task.typeId}" was not defined before its use.`);
      if (!node.ok) {
        this.#fail(task, start, node.error);
        return start;
      }
      const reads = Object.values(resolved.inputs).filter(isStream);
      const call: Call = { task, node, context: new CallContext(task.id, this), start, reads };
      stopHearing = this.#streams.hear(reads, (event) => this.#unfinished.size > 0 && this.#say(event));
      const result: unknown = node.run(resolved.inputs, call.context);
      if (!isThenable(result)) {
        this.#succeed(call, result);
        stopHearing();
        return performance.now();
      }
      this.#host.places.take();
      this.#running.set(task.id, call.context);
      this.#host.calls.set(task.id, call.context);
      const settle = (end: () => void): void => {
        stopHearing?.();
        // A cancelled task has left its place already, and its late result is nobody's.
        if (!this.#unfinished.has(task.id)) return;
        this.#running.delete(task.id);
        this.#host.calls.delete(task.id);
        this.#host.places.leave();
        end();
        this.work();
      };
      Promise.resolve(result).then(
        (value) => settle(() => this.#succeed(call, value)),
        (thrown) => settle(() => this.#fail(task, start, this.#fault(task, thrown))),
      );
    } catch (thrown) {
      stopHearing?.();
      this.#fail(task, start, this.#fault(task, thrown));
    }
    return performance.now();
  }

  #fault(task: Task, thrown: unknown): NodeError {
    const node = this.#host.loaded(task);
    const text = node?.ok ? node.sourceText : undefined;
    return javascriptFault(thrown, text === undefined ? undefined : { typeId: task.typeId, text });
  }

  #succeed(call: Call, result: unknown): void {
    const { task, node, start } = call;
    const { shape } = node;
    const values: Record<PortId, unknown> = {};
    const streams: unknown[] = [];
    try {
      const wrong = shape.wrongResult(result);
      if (wrong) {
        this.#fail(task, start, wrong);
        return;
      }
      shape.ports.forEach((port, place) => {
        const value = shape.outputOf(result, place);
        if (value === skip) return;
        values[port] = value;
        if (shape.isStream(place)) streams.push(value);
      });
    } catch (thrown) {
      // A result may well have getters.
      this.#fail(task, start, this.#fault(task, thrown));
      return;
    }
    if (streams.length > 0) {
      const { context, reads } = call;
      const faultOf = (thrown: unknown): NodeError => this.#fault(task, thrown);
      this.#streams.follow({ id: task.id, context, reads, faultOf }, streams);
    }
    const outputs: Record<PortId, OutputSummary> = {};
    for (const [port, value] of Object.entries(values)) {
      outputs[port] = { ref: this.#host.values.keep(value), ...summarize(value) };
    }
    const durationMs = performance.now() - start;
    this.#end(task, { kind: 'success', task: task.id, durationMs, outputs }, { state: 'value', outputs: values });
  }

  #fail(task: Task, start: number, error: NodeError): void {
    if (!this.#unfinished.has(task.id)) return;
    this.#end(task, { kind: 'error', task: task.id, durationMs: performance.now() - start, error }, NOTHING);
  }

  #end(task: Task, event: TaskEvent, outcome: TaskOutcome): void {
    this.#unfinished.delete(task.id);
    this.#events.push(event);
    this.#outcomes.set(task.id, outcome);
    const waiters = this.#waiters.get(task.id);
    if (!waiters) return;
    this.#waiters.delete(task.id);
    for (const waiter of waiters) this.#ready.push(waiter);
  }

  said(task: string, said: Said): void {
    this.#report({ ...said, task });
  }

  readFile(path: string): Promise<Uint8Array> {
    return this.#host.readFile(path);
  }

  #report(event: TaskEvent): void {
    if (this.#unfinished.has(event.task)) this.#say(event);
    else this.#streams.tell(event);
  }

  #say(event: TaskEvent): void {
    this.#events.push(event);
    if (this.#events.length >= MAX_GROUP) this.#flush();
    else this.#scheduleFlush();
  }

  #yieldToPage(): void {
    this.#suspended = true;
    this.#host.slices.afterTurn(() => {
      this.#suspended = false;
      this.work(true);
    });
  }

  #scheduleFlush(): void {
    if (this.#flushScheduled) return;
    this.#flushScheduled = true;
    queueMicrotask(() => {
      this.#flushScheduled = false;
      this.#flush();
    });
  }

  #flush(): void {
    const events = this.#events;
    if (events.length > 0) {
      this.#events = [];
      this.#onEvents(events);
    }
    if (this.#unfinished.size === 0) this.#resolve();
  }
}
