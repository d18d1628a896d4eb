import type { TaskEvent } from '../executor.js';

/** What a function says while it runs. Calls are no tasks: whoever makes a call knows whose it is. */
export type Said = Extract<TaskEvent, { kind: 'output' | 'progress' | 'metric' | 'asked' | 'answered' }>;

export const NO_TASK = '';
