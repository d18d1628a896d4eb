import type { Task, TaskEvent } from '@loom/engine';

/** How much the newest measurement counts. */
const WEIGHT = 0.5;
/** Types that are remembered; beyond it all are forgotten, which costs one guess each. */
const MOST = 10_000;

/** How long node types take, learnt from what they took. */
export class Durations {
  readonly #byType = new Map<string, number>();

  /** Learns from what is said of tasks, whose types are known. */
  note(typeOf: (task: string) => string | undefined, events: readonly TaskEvent[]): void {
    for (const event of events) {
      if (event.kind !== 'success') continue;
      const type = typeOf(event.task);
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
