import type { TaskEvent } from '../executor.js';
import { faultOf } from '../fault.js';
import type { NodeError } from '../node-error.js';
import type { NodeEndings } from './node-endings.js';
import type { Recovery } from './recovery.js';
import type { Reporter } from './reporter.js';
import type { RunHost } from './run-host.js';
import { Phase, Token, type Tokens } from './tokens.js';

/** What the events of tasks act upon. */
export interface TaskEventsOptions {
  readonly tokens: Tokens;
  readonly endings: NodeEndings;
  readonly reporter: Reporter;
  readonly recovery: Pick<Recovery, 'mayRetry'>;
  readonly host: Pick<RunHost, 'release'>;
  /** The first node of the run may have started. */
  readonly onStarted: () => void;
  readonly onFailed: (node: number, error: NodeError, durationMs: number) => void;
  /** Whether an error has stopped the run. */
  readonly isStopped: () => boolean;
}

/** Takes what executors say of the tasks of batches. What comes after the end of a node changes nothing. */
export class TaskEvents {
  readonly #options: TaskEventsOptions;

  constructor(options: TaskEventsOptions) {
    this.#options = options;
  }

  take(node: number, event: TaskEvent): void {
    const { tokens, endings, reporter, recovery, host, onStarted, onFailed, isStopped } = this.#options;
    const phase = tokens.phase[node];
    if (phase !== Phase.sent && phase !== Phase.running) {
      if (event.kind === 'success') host.release(Object.values(event.outputs).map(({ ref }) => ref));
      return;
    }
    switch (event.kind) {
      case 'started':
        if (phase !== Phase.sent) return;
        tokens.phase[node] = Phase.running;
        onStarted();
        reporter.started(node);
        return;
      case 'output':
        reporter.said(node, event);
        return;
      case 'progress':
        reporter.progressed(node, event);
        return;
      case 'success':
        endings.computed(node, event.outputs, event.durationMs);
        return;
      case 'error':
        if (recovery.mayRetry(node, event.error, phase === Phase.running)) tokens.putBack(node);
        else onFailed(node, event.error, event.durationMs);
        return;
      case 'cancelled':
        if (isStopped() && phase === Phase.sent) endings.skipped(node, Token.skipped, node, { kind: 'stopped' });
        else endings.cancelled(node);
        return;
      case 'unresolved':
        // Its inputs say why, now that they have ended; when they are all there, the executor is wrong.
        if ((tokens.remaining[node] as number) > 0 || tokens.verdict(node).kind === 'skip') tokens.putBack(node);
        else onFailed(node, faultOf('executor/fault', 'The executor found no value for an input that has one.'), 0);
        return;
    }
  }
}
