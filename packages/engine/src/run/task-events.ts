import type { TaskEvent } from '../executor.js';
import { faultOf } from '../fault.js';
import type { Frame } from './frame.js';
import type { Recovery } from './recovery.js';
import type { Reporter } from './reporter.js';
import type { RunHost } from './run-host.js';
import { Phase } from './tokens.js';

/** What the events of tasks act upon. */
export interface TaskEventsOptions {
  readonly reporter: Reporter;
  readonly recovery: Pick<Recovery, 'mayRetry'>;
  readonly host: Pick<RunHost, 'release'>;
  readonly onStarted: (frame: Frame, node: number) => void;
  /** Whether an error has stopped the run. */
  readonly isStopped: () => boolean;
}

/** Takes what executors say of the tasks of batches. What comes after the end of a node changes nothing. */
export class TaskEvents {
  readonly #options: TaskEventsOptions;

  constructor(options: TaskEventsOptions) {
    this.#options = options;
  }

  take(frame: Frame, node: number, event: TaskEvent): void {
    const { reporter, recovery, host, onStarted, isStopped } = this.#options;
    const { tokens, endings } = frame;
    const phase = tokens.phase[node];
    if (phase !== Phase.sent && phase !== Phase.running) {
      if (event.kind === 'success') host.release(Object.values(event.outputs).map(({ ref }) => ref));
      return;
    }
    switch (event.kind) {
      case 'started':
        if (phase !== Phase.sent) return;
        tokens.phase[node] = Phase.running;
        onStarted(frame, node);
        reporter.started(frame, node);
        return;
      case 'output':
      case 'progress':
      case 'metric':
      case 'asked':
      case 'answered':
        reporter.told(frame, node, event);
        return;
      case 'success':
        endings.computed(node, event.outputs, event.durationMs);
        return;
      case 'error':
        if (recovery.mayRetry(frame, node, event.error, phase === Phase.running)) frame.putBack(node);
        else frame.fail(node, event.error, event.durationMs);
        return;
      case 'cancelled':
        if (isStopped() && phase === Phase.sent) frame.drop(node);
        else endings.cancelled(node);
        return;
      case 'unresolved':
        frame.fail(node, faultOf('executor/fault', 'The executor found no value for an input that has one.'), 0);
        return;
    }
  }
}
