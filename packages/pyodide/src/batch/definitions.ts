import type { Batch, Task } from '@loom/engine';
import type { RuntimeDefinition } from '@loom/python';

/** Revisions of one type that are kept: flows that are open side by side may define the same type differently. */
const REVISIONS_KEPT = 16;

/** The node types that the executor was given, whichever worker is alive. */
export class Definitions {
  readonly #byType = new Map<string, Map<string, RuntimeDefinition>>();

  add(definition: RuntimeDefinition): void {
    const revisions = this.#byType.get(definition.typeId) ?? new Map<string, RuntimeDefinition>();
    this.#byType.set(definition.typeId, revisions);
    const before = revisions.get(definition.revision);
    // Taken out first, so that the oldest in use is the first of the map. Sameness spares telling the worker again.
    revisions.delete(definition.revision);
    const same = before && JSON.stringify(before) === JSON.stringify(definition);
    revisions.set(definition.revision, same ? before : definition);
    if (revisions.size <= REVISIONS_KEPT) return;
    for (const oldest of revisions.keys()) {
      revisions.delete(oldest);
      break;
    }
  }

  /** The definitions that a batch needs, each once. Unknown ones are left to the runtime to complain about. */
  neededBy(batch: Batch): readonly RuntimeDefinition[] {
    const needed = new Set<RuntimeDefinition>();
    let last: Task | undefined;
    for (const task of batch.tasks) {
      const { typeId, revision } = task;
      if (last?.typeId === typeId && last.revision === revision) continue;
      last = task;
      const definition = this.#byType.get(typeId)?.get(revision);
      if (definition) needed.add(definition);
    }
    return [...needed];
  }
}
