import {
  type Batch,
  createJavaScriptExecutor,
  type Definition,
  type ExecuteOptions,
  type Executor,
  type ExecutorCapabilities,
  type NodeError,
  NodeFault,
  type OutputSummary,
  type TaskEvent,
} from '@loom/engine';
import { type Behaviour, behaviourOf, type Given, type Perform } from '@loom/testing';
import type { Turns } from './turns.js';

/** An executor that can say which values it holds. */
export interface AwayExecutor extends Executor {
  /** Handles that were given out and not let go. */
  readonly held: ReadonlySet<string>;
}

/** What another executor is like. */
export interface AwayOptions {
  readonly lanes: number;
  readonly isConcurrent: boolean;
}

/**
 * An executor that performs "Python" by JavaScript, apart from the engine's own realm: everything goes by batch and
 * handle, and everything takes its time.
 */
export function createAwayExecutor(turns: () => Turns, perform: Perform, options: AwayOptions): AwayExecutor {
  const inner = createJavaScriptExecutor({ id: 'away' });
  const capabilities: ExecutorCapabilities = {
    performs: ['python'],
    lanes: options.lanes,
    cancel: 'interrupt',
    concurrent: options.isConcurrent,
  };
  const later = async <T>(work: () => Promise<T>): Promise<T> => {
    await turns().wait();
    return work();
  };
  const held = new Set<string>();
  const hold = <T extends Pick<OutputSummary, 'ref'>>(value: T): T => {
    held.add(value.ref.handle);
    return value;
  };
  const told = (event: TaskEvent): TaskEvent => {
    if (event.kind === 'success') for (const output of Object.values(event.outputs)) hold(output);
    return asPython(event);
  };
  return {
    id: inner.id,
    capabilities,
    held,
    get status() {
      return inner.status;
    },
    start: (given) => later(() => inner.start(given)),
    prepare: (environment, given) => inner.prepare(environment, given),
    define: (definitions) => inner.define(definitions.map((definition) => ownDefinition(definition, perform))),
    execute: (batch: Batch, given: ExecuteOptions) =>
      inner.execute(batch, { ...given, onEvents: (events) => given.onEvents(events.map(told)) }),
    read: (ref) => later(() => inner.read(ref)),
    write: (value) => later(async () => hold({ ref: await inner.write(value) }).ref),
    take: async (ref, given) => {
      const taken = await inner.take(ref, given).catch((thrown: unknown) => {
        throw thrown instanceof NodeFault ? new NodeFault(pythonError(thrown.error)) : thrown;
      });
      for (const item of taken.items) hold(item);
      return taken;
    },
    gather: (source) => later(async () => hold(await inner.gather(source))),
    setParameter: (task, name, value) => inner.setParameter(task, name, value),
    preview: (ref, request) => inner.preview(ref, request),
    release: (refs) => {
      for (const { handle } of refs) held.delete(handle);
      inner.release(refs);
    },
    subscribe: (listener) => inner.subscribe(listener),
    dispose: () => inner.dispose(),
  };
}

function ownDefinition(definition: Definition, perform: Perform): Definition {
  const found = behaviourOf(definition.typeId);
  if (!found) throw new RangeError(`"${definition.typeId}" is no type of fuzz flows.`);
  const { revision } = definition.implementation;
  return {
    ...definition,
    implementation: {
      kind: 'function',
      language: 'javascript',
      revision,
      // A Python function has its defaults in its own signature.
      run: (inputs, { signal }) =>
        perform('away', found.behaviour, { ...defaultsOf(found.behaviour), ...inputs }, signal) as never,
    },
  };
}

function defaultsOf({ inputs }: Behaviour): Given {
  return Object.fromEntries(
    Object.entries(inputs).flatMap(([port, input]) =>
      typeof input === 'object' && input.default !== undefined ? [[port, input.default]] : [],
    ),
  );
}

function asPython(event: TaskEvent): TaskEvent {
  return event.kind === 'error' ? { ...event, error: pythonError(event.error) } : event;
}

function pythonError(error: NodeError): NodeError {
  return error.code === 'javascript/exception' ? { ...error, code: 'python/exception' } : error;
}
