import type { Batch, Task, TaskEvent } from '@loom/engine';

/** How much the newest measurement counts. */
const WEIGHT = 0.5;
/** Types that are remembered; beyond it all are forgotten, which costs one guess each. */
const MOST = 10_000;

/** How long node types take, learnt from what they took. */
export class Durations {
  readonly #byType = new Map<string, number>();

  /** Learns from what a batch says. */
  note(batch: Batch, events: readonly TaskEvent[]): void {
    let types: Map<string, string> | undefined;
    for (const event of events) {
      if (event.kind !== 'success') continue;
      types ??= new Map(batch.tasks.map(({ id, typeId }) => [id, typeId]));
      const type = types.get(event.task);
      if (type === undefined) continue;
      const before = this.#byType.get(type) ?? event.durationMs;
      if (this.#byType.size >= MOST) this.#byType.clear();
      this.#byType.set(type, before + WEIGHT * (event.durationMs - before));
    }
  }

  /** About how long these take; `undefined` when one of them never ran. */
  expect(tasks: readonly Task[]): number | undefined {
    let sum = 0;
    for (const { typeId } of tasks) {
      const duration = this.#byType.get(typeId);
      if (duration === undefined) return undefined;
      sum += duration;
    }
    return sum;
  }
}
