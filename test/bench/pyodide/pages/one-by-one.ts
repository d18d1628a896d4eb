import type { Batch, ExecuteOptions, Executor, InputSource, Task, ValueRef } from '@loom/engine';

/** Outputs of tasks that are done, by task and port. */
type Results = ReadonlyMap<string, Readonly<Record<string, ValueRef>>>;

function withRefs(source: InputSource, results: Results): InputSource {
  if (source.kind === 'list') return { kind: 'list', items: source.items.map((item) => withRefs(item, results)) };
  if (source.kind !== 'task') return source;
  const ref = results.get(source.task)?.[source.port];
  if (ref === undefined) throw new Error(`Task ${source.task} gave no ${source.port}`);
  return { kind: 'ref', ref };
}

function standingAlone(task: Task, results: Results): Task {
  const inputs = Object.entries(task.inputs).map(([port, source]) => [port, withRefs(source, results)] as const);
  return { ...task, inputs: Object.fromEntries(inputs) };
}

async function executeOneByOne(executor: Executor, batch: Batch, { signal, onEvents }: ExecuteOptions): Promise<void> {
  const results = new Map<string, Record<string, ValueRef>>();
  for (const task of batch.tasks) {
    const single: Batch = { id: `${batch.id}/${task.id}`, tasks: [standingAlone(task, results)] };
    await executor.execute(single, {
      signal,
      onEvents(events) {
        for (const event of events) {
          if (event.kind !== 'success') continue;
          const refs = Object.entries(event.outputs).map(([port, { ref }]) => [port, ref] as const);
          results.set(event.task, Object.fromEntries(refs));
        }
        onEvents(events);
      },
    });
  }
}

/** An executor that makes one round trip to its worker for each node, as if there were no batches. */
export function oneByOne(executor: Executor): Executor {
  return {
    get id() {
      return executor.id;
    },
    get capabilities() {
      return executor.capabilities;
    },
    get status() {
      return executor.status;
    },
    start: (options) => executor.start(options),
    prepare: (environment, options) => executor.prepare(environment, options),
    define: (definitions) => executor.define(definitions),
    execute: (batch, options) => executeOneByOne(executor, batch, options),
    read: (ref) => executor.read(ref),
    write: (value) => executor.write(value),
    take: (ref, options) => executor.take(ref, options),
    gather: (source) => executor.gather(source),
    setParameter: (task, name, value) => executor.setParameter(task, name, value),
    preview: (ref, request) => executor.preview(ref, request),
    release: (refs) => executor.release(refs),
    subscribe: (listener) => executor.subscribe(listener),
    dispose: () => executor.dispose(),
  };
}
