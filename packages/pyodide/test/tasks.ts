import {
  type Definition,
  decodePortable,
  type Executor,
  encodePortable,
  type Task,
  type TaskEvent,
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
  /** From the abort to the end, in milliseconds. */
  readonly cancelMs: number;
}

export interface PerformOptions {
  /** Cancels as soon as this event has come. */
  readonly cancelOn?: (event: TaskEvent) => boolean;
  readonly signal?: AbortSignal;
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
  { cancelOn, signal }: PerformOptions = {},
): Promise<Performed> {
  const abort = new AbortController();
  const events: TaskEvent[] = [];
  let groups = 0;
  let cancelledAt = 0;
  await executor.execute(
    { id: `batch-${count++}`, tasks },
    {
      signal: signal ?? abort.signal,
      onEvents(group) {
        groups++;
        events.push(...group);
        if (cancelledAt || !cancelOn || !group.some(cancelOn)) return;
        cancelledAt = performance.now();
        abort.abort();
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
  return { events, groups, ends, cancelMs: performance.now() - cancelledAt };
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
