import {
  type Batch,
  type Definition,
  decodePortable,
  type Executor,
  encodePortable,
  type InputSource,
  type OutputSummary,
  type Task,
  type TaskEvent,
  type ValueRef,
} from '@loom/engine';

/** Everything that a batch said, and in which groups. */
export interface Recording {
  readonly events: readonly TaskEvent[];
  readonly groups: readonly (readonly TaskEvent[])[];
}

const FINAL: readonly string[] = ['success', 'error', 'cancelled', 'unresolved'];

let count = 0;

/** A task with an id of its own. */
export function task(definition: Definition, inputs: Readonly<Record<string, InputSource>> = {}): Task {
  const id = `task-${count++}`;
  return {
    id,
    nodeId: `node of ${id}`,
    typeId: definition.typeId,
    revision: definition.implementation.revision,
    inputs,
  };
}

export function literal(value: unknown): InputSource {
  return { kind: 'literal', value: encodePortable(value) };
}

export function from(source: Task, port = 'result'): InputSource {
  return { kind: 'task', task: source.id, port };
}

export function held(ref: ValueRef): InputSource {
  return { kind: 'ref', ref };
}

export function listOf(...items: readonly InputSource[]): InputSource {
  return { kind: 'list', items };
}

/** Sends tasks and records what comes back. `onEvent` sees each event as it comes. */
export async function perform(
  executor: Executor,
  tasks: readonly Task[],
  options: { readonly signal?: AbortSignal; readonly onEvent?: (event: TaskEvent) => void } = {},
): Promise<Recording> {
  const events: TaskEvent[] = [];
  const groups: (readonly TaskEvent[])[] = [];
  const batch: Batch = { id: `batch-${count++}`, tasks };
  await executor.execute(batch, {
    signal: options.signal ?? new AbortController().signal,
    onEvents: (group) => {
      groups.push(group);
      for (const event of group) {
        events.push(event);
        options.onEvent?.(event);
      }
    },
  });
  return { events, groups };
}

export function eventsOf(recording: Recording, { id }: Task): readonly TaskEvent[] {
  return recording.events.filter((event) => event.task === id);
}

export function finalEvents(recording: Recording, of: Task): readonly TaskEvent[] {
  return eventsOf(recording, of).filter((event) => FINAL.includes(event.kind));
}

/** How a task ended, or how often it did when that is not once. */
export function endOf(recording: Recording, of: Task): string {
  const ends = finalEvents(recording, of);
  return ends.length === 1 ? (ends[0]?.kind ?? '') : `${ends.length} final events`;
}

/** An output of a task that succeeded. */
export function outputOf(recording: Recording, of: Task, port = 'result'): OutputSummary {
  const [end] = finalEvents(recording, of);
  if (end?.kind !== 'success') throw new Error(`The task did not succeed: ${JSON.stringify(end)}`);
  const output = end.outputs[port];
  if (!output) throw new Error(`There is no output "${port}" in ${Object.keys(end.outputs).join(', ')}`);
  return output;
}

/** The whole value of an output. */
export async function readValue(executor: Executor, recording: Recording, of: Task, port = 'result'): Promise<unknown> {
  return decodePortable(await executor.read(outputOf(recording, of, port).ref));
}
