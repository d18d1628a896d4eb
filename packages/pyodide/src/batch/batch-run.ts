import type { Batch, NodeError, OutputSummary, TaskEvent, ValueRef } from '@loom/engine';
import type { RuntimeEvent, RuntimeMessage, RuntimeOutput } from '@loom/python';
import { addEventsOf, type RanTaker } from './ran.js';
import { isSaid } from './said.js';

/** Takes in the values that a worker has made. */
export interface BatchValues {
  keep(handle: string, bytes: number): ValueRef;
  summary(output: RuntimeOutput): OutputSummary;
}

/** What is still to be said of a task: everything, what streams of it say, or nothing. */
const OPEN = 0;
const STREAMING = 1;
const SILENT = 2;

/** Follows a batch by its events, so that every task gets exactly one last event, whatever happens to the worker. */
export class BatchRun {
  readonly #batch: Batch;
  /** The place of each task. */
  readonly places: ReadonlyMap<string, number>;
  /** By place. */
  readonly #states: Uint8Array;
  #left: number;
  readonly #values: BatchValues | undefined;
  readonly #taker: RanTaker;
  readonly #onEvents: (events: readonly TaskEvent[]) => void;
  #current: string | undefined;

  constructor(
    batch: Batch,
    onEvents: (events: readonly TaskEvent[]) => void,
    /** Absent when no worker ever took the batch. */
    values?: BatchValues,
  ) {
    this.#batch = batch;
    this.places = placesOf(batch.tasks);
    this.#states = new Uint8Array(batch.tasks.length);
    this.#left = batch.tasks.length;
    this.#onEvents = onEvents;
    this.#values = values;
    this.#taker = {
      end: (task) => this.#close(task, SILENT),
      // The runtime speaks only after a worker took the batch, and then there is a place for values.
      keep: (handle, bytes) => (values as BatchValues).keep(handle, bytes),
    };
  }

  /** Whether every task has its last event. */
  get isDone(): boolean {
    return this.#left === 0;
  }

  isOpen(task: string): boolean {
    const place = this.places.get(task);
    return place !== undefined && this.#states[place] === OPEN;
  }

  /** The type of a task of this batch. */
  typeOf(task: string): string | undefined {
    return this.#batch.tasks[this.places.get(task) ?? -1]?.typeId;
  }

  /** Takes a group of messages from the runtime, which has been sent these of the tasks. */
  take(group: readonly RuntimeMessage[], sent: Batch['tasks'] = this.#batch.tasks): void {
    const events: TaskEvent[] = [];
    for (const event of group) {
      if (event.kind === 'ran') {
        addEventsOf(event, sent, this.#taker, events);
        continue;
      }
      if (!this.isOpen(event.task) && !this.#goesOn(event)) continue;
      if (event.kind === 'started') this.#current = event.task;
      if (isLast(event)) this.#end(event);
      events.push(this.#translate(event));
    }
    if (events.length > 0) this.#onEvents(events);
  }

  /** Notes that a task is running whose own event may never come: the interpreter died before it was sent. */
  begin(task: string): void {
    if (this.#current === task || !this.isOpen(task)) return;
    this.#current = task;
    this.#onEvents([{ kind: 'started', task }]);
  }

  /** Ends what has not ended: the task that was running in one way, those that had not begun in another. */
  finish(current: Ending, waiting: Ending): void {
    const open = this.#batch.tasks.map(({ id }) => id).filter((task) => this.#close(task, SILENT));
    const events = open.map((task): TaskEvent => {
      const ending = task === this.#current ? current : waiting;
      return ending === 'cancelled'
        ? { kind: 'cancelled', task }
        : { kind: 'error', task, durationMs: 0, error: ending };
    });
    if (events.length > 0) this.#onEvents(events);
  }

  /** Ends one task that the runtime is not given. */
  fail(task: string, error: NodeError): void {
    if (this.#close(task, SILENT)) this.#onEvents([{ kind: 'error', task, durationMs: 0, error }]);
  }

  #end(event: RuntimeEvent): void {
    const streams = event.kind === 'success' && Object.values(event.outputs).some((output) => output.isStream);
    this.#close(event.task, streams ? STREAMING : SILENT);
    if (this.#current === event.task) this.#current = undefined;
  }

  /** False when the task has ended before, or is of another batch. */
  #close(task: string, state: number): boolean {
    const place = this.places.get(task);
    if (place === undefined || this.#states[place] !== OPEN) return false;
    this.#states[place] = state;
    this.#left--;
    return true;
  }

  /** Whether something is said of a task that has ended, here or in another batch: a task of this one reads its stream. */
  #goesOn(event: RuntimeEvent): boolean {
    return isSaid(event) && this.#states[this.places.get(event.task) ?? -1] !== SILENT;
  }

  #translate(event: RuntimeEvent): TaskEvent {
    if (event.kind !== 'success') return event;
    const outputs: Record<string, OutputSummary> = {};
    for (const [port, output] of Object.entries(event.outputs)) {
      // The runtime speaks only after a worker took the batch, and then there is a place for values.
      if (this.#values) outputs[port] = this.#values.summary(output);
    }
    return { ...event, outputs };
  }
}

/** The place of each task, by its id. */
export function placesOf(tasks: Batch['tasks']): ReadonlyMap<string, number> {
  const places = new Map<string, number>();
  for (let place = 0; place < tasks.length; place++) places.set((tasks[place] as Batch['tasks'][number]).id, place);
  return places;
}

/** How a task ends that the runtime did not end. */
export type Ending = 'cancelled' | NodeError;

function isLast(event: RuntimeEvent): boolean {
  return (
    event.kind === 'success' || event.kind === 'error' || event.kind === 'cancelled' || event.kind === 'unresolved'
  );
}
