import {
  type Batch,
  createJavaScriptExecutor,
  type Definition,
  type ExecuteOptions,
  type Executor,
  type ExecutorCapabilities,
  type TaskEvent,
} from '@loom/engine';
import { type Behaviour, behaviourOf, type Given, type Perform } from '@loom/testing';
import type { Turns } from './turns.js';

/** What another executor is like. */
export interface AwayOptions {
  readonly lanes: number;
  readonly isConcurrent: boolean;
}

/**
 * An executor that performs "Python" by JavaScript, apart from the engine's own realm: everything goes by batch and
 * handle, and everything takes its time.
 */
export function createAwayExecutor(turns: () => Turns, perform: Perform, options: AwayOptions): Executor {
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
  return {
    id: inner.id,
    capabilities,
    get status() {
      return inner.status;
    },
    start: (given) => later(() => inner.start(given)),
    prepare: (environment, given) => inner.prepare(environment, given),
    define: (definitions) => inner.define(definitions.map((definition) => ownDefinition(definition, perform))),
    execute: (batch: Batch, given: ExecuteOptions) =>
      inner.execute(batch, { ...given, onEvents: (events) => given.onEvents(events.map(asPython)) }),
    read: (ref) => later(() => inner.read(ref)),
    write: (value) => later(() => inner.write(value)),
    take: (ref, given) => inner.take(ref, given),
    gather: (source) => later(() => inner.gather(source)),
    setParameter: (task, name, value) => inner.setParameter(task, name, value),
    preview: (ref, request) => inner.preview(ref, request),
    release: (refs) => inner.release(refs),
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
  if (event.kind !== 'error' || event.error.code !== 'javascript/exception') return event;
  return { ...event, error: { ...event.error, code: 'python/exception' } };
}
