import {
  type Batch,
  type Definition,
  decodePortable,
  type InputSource,
  type NodeError,
  type OutputSummary,
  skip,
  type Task,
  type TaskEvent,
  type ValueRef,
} from '@loom/engine';

/** Where a fake batch keeps and finds values. */
export interface FakeValues {
  keep(value: unknown): OutputSummary;
  /** Throws when the value is not held. */
  get(ref: ValueRef): unknown;
}

/** An event without its task. */
export type Body = TaskEvent extends infer E ? (E extends TaskEvent ? Omit<E, 'task'> : never) : never;

/** One batch of a fake executor. */
export class FakeBatch {
  readonly finished: Promise<void>;
  isAborted = false;
  readonly #tasks: readonly Task[];
  readonly #definitions: ReadonlyMap<string, Definition>;
  readonly #onEvents: (events: readonly TaskEvent[]) => void;
  readonly #values: FakeValues;
  readonly #started = new Set<string>();
  readonly #ended = new Set<string>();
  /** By `task port`. */
  readonly #outputs = new Map<string, unknown>();
  #resolve: () => void = () => {};

  constructor(
    batch: Batch,
    definitions: ReadonlyMap<string, Definition>,
    onEvents: (events: readonly TaskEvent[]) => void,
    values: FakeValues,
  ) {
    this.#tasks = batch.tasks;
    this.#definitions = definitions;
    this.#onEvents = onEvents;
    this.#values = values;
    this.finished = new Promise((resolve) => {
      this.#resolve = resolve;
    });
    if (batch.tasks.length === 0) this.#resolve();
  }

  /** Tasks that may be started or ended now. */
  get open(): Task[] {
    return this.#tasks.filter(
      (task) => !this.#ended.has(task.id) && this.#needs(task).every((id) => this.#ended.has(id)),
    );
  }

  /** Starts a task; one whose inputs are not held ends instead. */
  begin(nodeId: string): void {
    const task = this.#find(nodeId);
    if (this.#started.has(task.id)) return;
    try {
      for (const source of Object.values(task.inputs)) this.#read(source);
    } catch (thrown) {
      this.#end(task, { kind: 'error', durationMs: 0, error: faultOf(thrown) });
      return;
    }
    this.#started.add(task.id);
    this.#onEvents([{ kind: 'started', task: task.id }]);
  }

  say(nodeId: string, body: Body): void {
    this.#onEvents([{ ...body, task: this.#find(nodeId).id } as TaskEvent]);
  }

  succeed(nodeId: string, given: Readonly<Record<string, unknown>>): void {
    const task = this.#find(nodeId);
    this.begin(nodeId);
    if (this.#ended.has(task.id)) return;
    const outputs: Record<string, OutputSummary> = {};
    for (const port of this.#definitions.get(task.typeId)?.outputs ?? []) {
      const value = port in given ? given[port] : `${nodeId}.${port}`;
      if (value === skip) continue;
      this.#outputs.set(`${task.id} ${port}`, value);
      outputs[port] = this.#values.keep(value);
    }
    this.#end(task, { kind: 'success', durationMs: 1, outputs });
  }

  fail(nodeId: string, error: NodeError): void {
    const task = this.#find(nodeId);
    this.begin(nodeId);
    if (!this.#ended.has(task.id)) this.#end(task, { kind: 'error', durationMs: 1, error });
  }

  /** Ends everything that has not ended. */
  endAll(body: Body): void {
    const left = this.#tasks.filter((task) => !this.#ended.has(task.id));
    for (const task of left) this.#ended.add(task.id);
    this.#onEvents(left.map((task) => ({ ...body, task: task.id }) as TaskEvent));
    this.#resolve();
  }

  #end(task: Task, body: Body): void {
    const events = [{ ...body, task: task.id } as TaskEvent];
    this.#ended.add(task.id);
    const without = new Set(body.kind === 'success' ? [] : [task.id]);
    for (const other of this.#tasks) {
      if (this.#ended.has(other.id) || !this.#lacks(other, without)) continue;
      without.add(other.id);
      this.#ended.add(other.id);
      events.push({ kind: 'unresolved', task: other.id });
    }
    this.#onEvents(events);
    if (this.#ended.size === this.#tasks.length) this.#resolve();
  }

  #find(nodeId: string): Task {
    // One node may have a task for each frame.
    const task = this.open.find((each) => each.nodeId === nodeId) ?? this.#tasks.find((each) => each.nodeId === nodeId);
    if (!task) throw new Error(`The batch has no task of "${nodeId}".`);
    return task;
  }

  #needs(task: Task): string[] {
    return sourcesOf(task).map((source) => source.task);
  }

  /** Whether something that a task needs will never come: its task gave nothing, or skipped the port. */
  #lacks(task: Task, without: ReadonlySet<string>): boolean {
    return sourcesOf(task).some(
      ({ task: id, port }) => without.has(id) || (this.#ended.has(id) && !this.#outputs.has(`${id} ${port}`)),
    );
  }

  #read(source: InputSource): unknown {
    switch (source.kind) {
      case 'literal':
        return decodePortable(source.value);
      case 'ref':
        return this.#values.get(source.ref);
      case 'task':
        return this.#outputs.get(`${source.task} ${source.port}`);
      case 'list':
        return source.items.map((item) => this.#read(item));
    }
  }
}

function sourcesOf(task: Task): Extract<InputSource, { kind: 'task' }>[] {
  const flat = Object.values(task.inputs).flatMap((source) => (source.kind === 'list' ? source.items : [source]));
  return flat.filter((source) => source.kind === 'task');
}

function faultOf(thrown: unknown): NodeError {
  const { code = 'test/fault', message = String(thrown) } = thrown as { code?: string; message?: string };
  return { code, message, frames: [] };
}
