import type { Batch, InputSource, Portable } from '@loom/engine';
import type { RuntimeBatch, RuntimeSource } from '@loom/python';
import type { HandleSpace } from './handle-space.js';

/** A batch in the runtime's form, with the buffers of its literals beside it. */
export interface BatchMessage {
  readonly text: string;
  /** Copies, made to be handed over: the engine keeps its literals for the next run. */
  readonly buffers: readonly ArrayBuffer[];
}

/** Puts a batch into the form that the runtime takes. */
export function batchMessage(batch: Batch, handles: HandleSpace): BatchMessage {
  const { source, buffers } = sourcesOf(handles);
  const message: RuntimeBatch = {
    id: batch.id,
    tasks: batch.tasks.map((task) => ({
      id: task.id,
      nodeId: task.nodeId,
      typeId: task.typeId,
      revision: task.revision,
      inputs: Object.fromEntries(Object.entries(task.inputs).map(([port, input]) => [port, source(input)])),
    })),
  };
  return { text: JSON.stringify(message), buffers };
}

/** The same for one source. */
export function sourceMessage(input: InputSource, handles: HandleSpace): BatchMessage {
  const { source, buffers } = sourcesOf(handles);
  return { text: JSON.stringify(source(input)), buffers };
}

/** Turns sources into the runtime's form, and numbers their buffers. */
function sourcesOf(handles: HandleSpace): { source(input: InputSource): RuntimeSource; buffers: ArrayBuffer[] } {
  const buffers: ArrayBuffer[] = [];
  const source = (input: InputSource): RuntimeSource => {
    switch (input.kind) {
      case 'literal':
        return { kind: 'literal', head: input.value.head, start: buffers.length, count: addCopies(input.value) };
      case 'ref':
        return { kind: 'handle', handle: handles.inner(input.ref) };
      case 'task':
        return input;
      case 'list':
        return { kind: 'list', items: input.items.map(source) };
    }
  };
  function addCopies(value: Portable): number {
    for (const buffer of value.buffers) buffers.push(buffer.slice(0));
    return value.buffers.length;
  }
  return { source, buffers };
}
