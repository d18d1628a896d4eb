import type { Batch, InputSource, Portable, PortableBuffer, ValueRef } from '@loom/engine';
import type { RuntimeBatch, RuntimeSource } from '@loom/python';
import { ownCopy } from '../link/transferable.js';

/** A batch in the runtime's form, with the buffers of its literals beside it. */
export interface BatchMessage {
  readonly text: string;
  /** Copies, made to be handed over: the engine keeps its literals for the next run. */
  readonly buffers: readonly PortableBuffer[];
}

/** How things are called in the worker. */
export interface InnerNames {
  readonly handle: (ref: ValueRef) => string;
  readonly task: (task: string) => string;
}

/** Puts a batch into the form that the runtime takes. */
export function batchMessage(batch: Batch, names: InnerNames): BatchMessage {
  const { source, buffers } = sourcesOf(names);
  const message: RuntimeBatch = {
    id: batch.id,
    tasks: batch.tasks.map((task) => ({
      id: names.task(task.id),
      nodeId: task.nodeId,
      typeId: task.typeId,
      revision: task.revision,
      inputs: Object.fromEntries(Object.entries(task.inputs).map(([port, input]) => [port, source(input)])),
    })),
  };
  return { text: JSON.stringify(message), buffers };
}

/** The same for one source. */
export function sourceMessage(input: InputSource, names: InnerNames): BatchMessage {
  const { source, buffers } = sourcesOf(names);
  return { text: JSON.stringify(source(input)), buffers };
}

/** Turns sources into the runtime's form, and numbers their buffers. */
function sourcesOf(names: InnerNames): { source(input: InputSource): RuntimeSource; buffers: PortableBuffer[] } {
  const buffers: PortableBuffer[] = [];
  const source = (input: InputSource): RuntimeSource => {
    switch (input.kind) {
      case 'literal':
        return { kind: 'literal', head: input.value.head, start: buffers.length, count: addCopies(input.value) };
      case 'ref':
        return { kind: 'handle', handle: names.handle(input.ref) };
      case 'task':
        return { ...input, task: names.task(input.task) };
      case 'list':
        return { kind: 'list', items: input.items.map(source) };
    }
  };
  function addCopies(value: Portable): number {
    for (const buffer of value.buffers) buffers.push(ownCopy(buffer));
    return value.buffers.length;
  }
  return { source, buffers };
}

/** The values that sources need, each time they need one. */
export function* refsOf(inputs: Iterable<InputSource>): Generator<ValueRef> {
  for (const input of inputs) {
    if (input.kind === 'ref') yield input.ref;
    else if (input.kind === 'list') yield* refsOf(input.items);
  }
}
