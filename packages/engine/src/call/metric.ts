import { LoomError } from '@loom/graph';
import type { MetricEvent } from '../executor.js';

/** One value of a metric, as it is told. */
export type Metric = Pick<MetricEvent, 'name' | 'value' | 'step'>;

/** Metrics of one call; more is a mistake. */
const MAX_METRICS = 100;
const MAX_NAME = 200;

/** The metrics that one call tells: checks them, and counts the steps of those that name none. */
export class Metrics {
  readonly #steps = new Map<string, number>();

  /** @throws LoomError `node/bad-metric` */
  next(name: string, value: number, step?: number): Metric {
    if (typeof name !== 'string' || name === '' || name.length > MAX_NAME) {
      throw badMetric(`The name of a metric is a text of 1 to ${MAX_NAME} characters.`);
    }
    if (typeof value !== 'number') throw badMetric(`The value of the metric "${name}" is no number.`);
    if (step !== undefined && !Number.isFinite(step)) throw badMetric(`The step of the metric "${name}" is no number.`);
    const before = this.#steps.get(name);
    if (before === undefined && this.#steps.size === MAX_METRICS) {
      throw badMetric(`A node tells at most ${MAX_METRICS} metrics: "${name}" is one too many.`);
    }
    const own = step ?? (before === undefined ? 0 : before + 1);
    this.#steps.set(name, own);
    return { name, value: Number.isFinite(value) ? value : null, step: own };
  }
}

function badMetric(message: string): LoomError {
  return new LoomError('node/bad-metric', message);
}
