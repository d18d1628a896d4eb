import { LoomError, type PortId } from '@loom/graph';
import type { Batch, Task, TaskEvent } from '../executor.js';
import type { NodeError } from '../node-error.js';
import { summarize } from '../preview/preview.js';
import type { OutputSummary } from '../value.js';
import { TaskContext } from './context.js';
import { javascriptFault } from './fault.js';
import { resolveInputs, type TaskOutcome } from './inputs.js';
import type { LoadedNode } from './module.js';
import type { ValueStore } from './values.js';

/** Events kept back within one turn, so that an endless log does not fill the memory. */
const MAX_GROUP = 1_000;

/** What a batch needs from its executor. */
export interface BatchHost {
  readonly values: ValueStore;
  /** The code for a task; undefined when it was never defined. */
  loaded(task: Task): LoadedNode | undefined;
  readFile(path: string): Promise<Uint8Array>;
  /** Takes one of the places for asynchronous tasks; false when none is free, and then `retry` is called when one is. */
  tryTakePlace(retry: () => void): boolean;
  leavePlace(): void;
  /** Until when tasks may run now before the page gets a turn, by `performance.now()`. */
  sliceEnd(): number;
}

const PENDING: TaskOutcome = { state: 'pending' };
const NOTHING: TaskOutcome = { state: 'nothing' };

/**
 * One batch at work. Synchronous functions run one after the other in a loop with no promise between them; asynchronous
 * ones run side by side as their inputs come. Every task gets exactly one final event.
 */
export class BatchRun {
  readonly finished: Promise<void>;
  readonly #host: BatchHost;
  readonly #onEvents: (events: readonly TaskEvent[]) => void;
  readonly #outcomes = new Map<string, TaskOutcome>();
  readonly #unfinished = new Map<string, Task>();
  /** Asynchronous tasks that have not settled, with what tells them to stop, if they asked for it. */
  readonly #running = new Map<string, AbortController | undefined>();
  readonly #waiters = new Map<string, Task[]>();
  #ready: Task[];
  #position = 0;
  #events: TaskEvent[] = [];
  #flushScheduled = false;
  #suspended = false;
  #resolve: () => void = () => {};

  constructor(batch: Batch, host: BatchHost, onEvents: (events: readonly TaskEvent[]) => void) {
    this.#host = host;
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

  /** Runs what can run now. */
  work(): void {
    if (this.#suspended) return;
    const sliceEnd = this.#host.sliceEnd();
    let now = performance.now();
    while (this.#position < this.#ready.length) {
      const task = this.#ready[this.#position++] as Task; // within the bounds of the loop
      if (!this.#unfinished.has(task.id)) continue;
      if (now > sliceEnd) {
        this.#position--;
        this.#yieldToPage();
        break;
      }
      if (!this.#host.tryTakePlace(() => this.work())) {
        this.#position--;
        break;
      }
      now = this.#perform(task);
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
    for (const abort of this.#running.values()) {
      // What never settles must not keep a place for ever.
      this.#host.leavePlace();
      abort?.abort(reason);
    }
    this.#running.clear();
    this.#flush();
  }

  /** Returns the time at its end, which serves as the next task's look at the clock. */
  #perform(task: Task): number {
    const start = performance.now();
    let place = true;
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
      const { run } = node;
      const context = new TaskContext(task.id, this);
      const result: unknown = run(resolved.inputs, context);
      if (!isThenable(result)) {
        this.#succeed(task, start, node, result);
        return performance.now();
      }
      place = false;
      this.#running.set(task.id, context.abort);
      const settle = (end: () => void): void => {
        // A cancelled task has left its place already, and its late result is nobody's.
        if (!this.#unfinished.has(task.id)) return;
        this.#running.delete(task.id);
        this.#host.leavePlace();
        end();
        this.work();
      };
      Promise.resolve(result).then(
        (value) => settle(() => this.#succeed(task, start, node, value)),
        (thrown) => settle(() => this.#fail(task, start, this.#fault(task, thrown))),
      );
    } catch (thrown) {
      this.#fail(task, start, this.#fault(task, thrown));
    } finally {
      if (place) this.#host.leavePlace();
    }
    return performance.now();
  }

  #fault(task: Task, thrown: unknown): NodeError {
    const node = this.#host.loaded(task);
    const text = node?.ok ? node.sourceText : undefined;
    return javascriptFault(thrown, text === undefined ? undefined : { typeId: task.typeId, text });
  }

  #succeed(task: Task, start: number, node: Extract<LoadedNode, { ok: true }>, result: unknown): void {
    const values = outputsOf(node, result);
    if ('code' in values) {
      this.#fail(task, start, values);
      return;
    }
    const outputs: Record<PortId, OutputSummary> = {};
    for (const port of node.definition.outputs) {
      const value = values.outputs[port];
      outputs[port] = { ref: this.#host.values.keep(value), ...summarize(value) };
    }
    const durationMs = performance.now() - start;
    this.#end(
      task,
      { kind: 'success', task: task.id, durationMs, outputs },
      { state: 'value', outputs: values.outputs },
    );
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

  /** Something that a task says while it runs. */
  report(event: TaskEvent): void {
    if (!this.#unfinished.has(event.task)) return;
    this.#events.push(event);
    if (this.#events.length >= MAX_GROUP) this.#flush();
    else this.#scheduleFlush();
  }

  /** A task has asked for its signal while it runs. */
  track(task: string, abort: AbortController): void {
    if (this.#running.has(task)) this.#running.set(task, abort);
  }

  readFile(path: string): Promise<Uint8Array> {
    return this.#host.readFile(path);
  }

  #yieldToPage(): void {
    this.#suspended = true;
    setTimeout(() => {
      this.#suspended = false;
      this.work();
    }, 0);
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

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && typeof (value as { then?: unknown }).then === 'function';
}

/** Takes a result apart into output ports, by what the implementation says that it returns. */
function outputsOf(
  { definition }: Extract<LoadedNode, { ok: true }>,
  result: unknown,
): { readonly outputs: Readonly<Record<PortId, unknown>> } | NodeError {
  const { implementation, outputs: ports } = definition;
  const returns = implementation.kind === 'function' ? 'mapping' : implementation.returns;
  if (ports.length === 0 || returns === 'none') return { outputs: {} };
  const [first] = ports;
  if (returns === 'single' && first !== undefined) return { outputs: { [first]: result } };
  const wanted = ports.map((port) => `"${port}"`).join(', ');
  if (returns === 'sequence') {
    if (Array.isArray(result) && result.length === ports.length) {
      return { outputs: Object.fromEntries(ports.map((port, i) => [port, result[i] as unknown])) };
    }
    return wrongResult(`The result must be an array with one item for each output: ${wanted}.`);
  }
  if (typeof result !== 'object' || result === null) {
    return wrongResult(
      `The result must be an object with the outputs ${wanted}, not ${result === null ? 'null' : typeof result}.`,
    );
  }
  const missing = ports.filter((port) => !(port in result));
  if (missing.length === 0) return { outputs: result as Readonly<Record<PortId, unknown>> };
  const names = missing.map((port) => `"${port}"`).join(', ');
  return wrongResult(
    `The result lacks the output${missing.length === 1 ? '' : 's'} ${names}. Return { ${missing.join(', ')} } too.`,
  );
}

function wrongResult(message: string): NodeError {
  return { code: 'javascript/wrong-result', message, frames: [] };
}
