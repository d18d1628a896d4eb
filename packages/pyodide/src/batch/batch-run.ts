import type { Batch, NodeError, OutputSummary, TaskEvent } from '@loom/engine';
import type { RuntimeEvent, RuntimeOutput } from '@loom/python';
import { isSaid } from './said.js';

/** Follows a batch by its events, so that every task gets exactly one last event, whatever happens to the worker. */
export class BatchRun {
  readonly #open: Set<string>;
  /** Tasks of the batch of which nothing more is said. */
  readonly #silent = new Set<string>();
  readonly #summary: ((output: RuntimeOutput) => OutputSummary) | undefined;
  readonly #onEvents: (events: readonly TaskEvent[]) => void;
  #current: string | undefined;

  constructor(
    batch: Batch,
    onEvents: (events: readonly TaskEvent[]) => void,
    /** Takes a value in. Absent when no worker ever took the batch. */
    summary?: (output: RuntimeOutput) => OutputSummary,
  ) {
    this.#open = new Set(batch.tasks.map((task) => task.id));
    this.#onEvents = onEvents;
    this.#summary = summary;
  }

  /** Whether every task has its last event. */
  get isDone(): boolean {
    return this.#open.size === 0;
  }

  isOpen(task: string): boolean {
    return this.#open.has(task);
  }

  /** Takes a group of events from the runtime. */
  take(group: readonly RuntimeEvent[]): void {
    const events: TaskEvent[] = [];
    for (const event of group) {
      if (!this.#open.has(event.task) && !this.#goesOn(event)) continue;
      if (event.kind === 'started') this.#current = event.task;
      if (isLast(event)) this.#end(event);
      events.push(this.#translate(event));
    }
    if (events.length > 0) this.#onEvents(events);
  }

  /** Notes that a task is running whose own event may never come: the interpreter died before it was sent. */
  begin(task: string): void {
    if (this.#current === task || !this.#open.has(task)) return;
    this.#current = task;
    this.#onEvents([{ kind: 'started', task }]);
  }

  /** Ends what has not ended: the task that was running in one way, those that had not begun in another. */
  finish(current: Ending, waiting: Ending): void {
    const events = [...this.#open].map((task): TaskEvent => {
      const ending = task === this.#current ? current : waiting;
      return ending === 'cancelled'
        ? { kind: 'cancelled', task }
        : { kind: 'error', task, durationMs: 0, error: ending };
    });
    for (const task of this.#open) this.#silent.add(task);
    this.#open.clear();
    if (events.length > 0) this.#onEvents(events);
  }

  /** Ends one task that the runtime is not given. */
  fail(task: string, error: NodeError): void {
    if (!this.#open.delete(task)) return;
    this.#silent.add(task);
    this.#onEvents([{ kind: 'error', task, durationMs: 0, error }]);
  }

  #end(event: RuntimeEvent): void {
    this.#open.delete(event.task);
    const streams = event.kind === 'success' && Object.values(event.outputs).some((output) => output.isStream);
    if (!streams) this.#silent.add(event.task);
    if (this.#current === event.task) this.#current = undefined;
  }

  /** Whether something is said of a task that has ended, here or in another batch: a task of this one reads its stream. */
  #goesOn(event: RuntimeEvent): boolean {
    return isSaid(event) && !this.#silent.has(event.task);
  }

  #translate(event: RuntimeEvent): TaskEvent {
    if (event.kind !== 'success') return event;
    const outputs: Record<string, OutputSummary> = {};
    for (const [port, output] of Object.entries(event.outputs)) {
      // The runtime speaks only after a worker took the batch, and then there is a place for values.
      if (this.#summary) outputs[port] = this.#summary(output);
    }
    return { ...event, outputs };
  }
}

/** How a task ends that the runtime did not end. */
export type Ending = 'cancelled' | NodeError;

function isLast(event: RuntimeEvent): boolean {
  return (
    event.kind === 'success' || event.kind === 'error' || event.kind === 'cancelled' || event.kind === 'unresolved'
  );
}
