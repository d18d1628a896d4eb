import type { Metric } from '../../call/metric.js';
import type { TaskEvent } from '../../executor.js';

/** What a function says while it runs. */
export type Said = Extract<TaskEvent, { kind: 'output' | 'progress' | 'metric' }>;

/** Calls are no tasks: their events are told with their nodes. */
const NO_TASK = '';

export function loggedBy(text: string): Said {
  return { kind: 'output', task: NO_TASK, stream: 'log', text };
}

export function progressOf(fraction: number, message: string | undefined): Said {
  const event = { kind: 'progress', task: NO_TASK, fraction } as const;
  return message === undefined ? event : { ...event, message };
}

export function metricOf(metric: Metric): Said {
  return { kind: 'metric', task: NO_TASK, ...metric };
}
