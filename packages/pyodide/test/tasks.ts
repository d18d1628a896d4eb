import {
  type Definition,
  decodePortable,
  type Executor,
  encodePortable,
  type Task,
  type TaskEvent,
  type ValueRef,
} from '@loom/engine';

let count = 0;

/** Literal inputs by port. */
type Literals = Readonly<Record<string, unknown>>;

/** A task for one call of a definition. */
export function callOf(definition: Definition, inputs: Literals = {}): Task {
  const id = `call-${count++}`;
  return {
    id,
    nodeId: id,
    typeId: definition.typeId,
    revision: definition.implementation.revision,
    inputs: Object.fromEntries(
      Object.entries(inputs).map(([port, value]) => [port, { kind: 'literal', value: encodePortable(value) }]),
    ),
  };
}

export interface Performed {
  readonly events: readonly TaskEvent[];
  /** How many times events came. */
  readonly groups: number;
  /** The last event of each task, in the order of the tasks. */
  readonly ends: readonly TaskEvent[];
}

export interface PerformOptions {
  /** Cancels as soon as this event has come. */
  readonly cancelOn?: (event: TaskEvent) => boolean;
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: TaskEvent) => void;
}

/** Defines and runs; each definition is called once, without inputs. */
export async function perform(
  executor: Executor,
  definitions: readonly Definition[],
  options: PerformOptions = {},
): Promise<Performed> {
  await executor.define(definitions);
  return performTasks(
    executor,
    definitions.map((definition) => callOf(definition)),
    options,
  );
}

export async function performTasks(
  executor: Executor,
  tasks: readonly Task[],
  { cancelOn, signal, onEvent }: PerformOptions = {},
): Promise<Performed> {
  const abort = new AbortController();
  const events: TaskEvent[] = [];
  let groups = 0;
  await executor.execute(
    { id: `batch-${count++}`, tasks },
    {
      signal: signal ?? abort.signal,
      onEvents(group) {
        groups++;
        events.push(...group);
        if (onEvent) group.forEach(onEvent);
        if (cancelOn && group.some(cancelOn)) abort.abort();
      },
    },
  );
  const ends = tasks.map(({ id }) => {
    const own = events.filter((event) => event.task === id);
    const final = own.filter(({ kind }) => ['success', 'error', 'cancelled', 'unresolved'].includes(kind));
    const [end] = final;
    if (!end || final.length > 1) throw new Error(`${id} has ${final.length} last events: ${JSON.stringify(own)}`);
    return end;
  });
  return { events, groups, ends };
}

/** The error of a task that failed. */
export function errorOf(end: TaskEvent | undefined) {
  if (end?.kind !== 'error') throw new Error(`The task did not fail: ${JSON.stringify(end)}`);
  return end.error;
}

/** The value of an output of a task that succeeded. */
export async function resultOf(executor: Executor, end: TaskEvent | undefined, port = 'result'): Promise<unknown> {
  if (end?.kind !== 'success') throw new Error(`The task did not succeed: ${JSON.stringify(end)}`);
  const output = end.outputs[port];
  if (!output) throw new Error(`There is no output "${port}".`);
  return decodePortable(await executor.read(output.ref));
}

/** Starts a task that goes on until it is told to stop; it has a worker when this resolves. */
export async function holding(executor: Executor, task: Task) {
  const abort = new AbortController();
  let ended: Promise<unknown> = Promise.resolve();
  await new Promise<void>((resolve) => {
    ended = executor.execute(
      { id: task.id, tasks: [task] },
      {
        signal: abort.signal,
        onEvents: (events) => events.some(({ kind }) => kind === 'started') && resolve(),
      },
    );
  });
  return async () => {
    abort.abort();
    await ended;
  };
}

/** The value of a task that succeeds. */
export async function refOf(executor: Executor, task: Task): Promise<ValueRef> {
  const [end] = (await performTasks(executor, [task])).ends;
  if (end?.kind !== 'success' || !end.outputs.result) throw new Error(`No result: ${JSON.stringify(end)}`);
  return end.outputs.result.ref;
}
