import type { Definition } from '@loom/engine';
import { LoomError } from '@loom/graph';
import type { RuntimeDefinition } from '@loom/python';

/** A node type in the runtime's form. */
export function runtimeDefinition({ typeId, implementation, outputs, streams }: Definition): RuntimeDefinition {
  if (implementation.kind !== 'source' || implementation.language !== 'python') {
    throw new LoomError('executor/unsupported', `"${typeId}" is not written in Python.`, { context: { typeId } });
  }
  const { revision, source, entry, returns } = implementation;
  return { typeId, revision, source, entry, returns, outputs, ...(streams ? { streams } : {}) };
}
