import { assertNever } from '@loom/graph';
import type { NodeRunStatus, RunEvent } from '../event.js';

/** The events that change what a node is doing. */
export type NodeStatusEvent = Extract<
  RunEvent['kind'],
  | 'node-queued'
  | 'node-started'
  | 'node-retrying'
  | 'node-succeeded'
  | 'node-failed'
  | 'node-skipped'
  | 'node-cancelled'
>;

/**
 * The states from which a node of the same run goes nowhere.
 *
 * @example
 * ```ts
 * const hasEnded = isFinal(nodeRunState(state, 'mean').status);
 * ```
 */
export function isFinal(status: NodeRunStatus): boolean {
  switch (status) {
    case 'success':
    case 'error':
    case 'skipped':
    case 'cancelled':
      return true;
    case 'idle':
    case 'queued':
    case 'running':
      return false;
    default:
      return assertNever(status, 'node status');
  }
}

/**
 * What a node does after an event of its run; undefined when the event cannot follow, as a second ending or a start after
 * the end.
 *
 * @example
 * ```ts
 * transition('queued', 'node-started'); // 'running'
 * transition('success', 'node-started'); // undefined
 * ```
 */
export function transition(status: NodeRunStatus, event: NodeStatusEvent): NodeRunStatus | undefined {
  if (isFinal(status)) return undefined;
  switch (event) {
    case 'node-queued':
      return status === 'idle' ? 'queued' : undefined;
    case 'node-started':
      return status === 'running' ? undefined : 'running';
    case 'node-retrying':
      return status === 'running' ? 'queued' : undefined;
    case 'node-succeeded':
      return 'success';
    case 'node-failed':
      return 'error';
    case 'node-skipped':
      // A stream may fail while it is being read.
      return 'skipped';
    case 'node-cancelled':
      return 'cancelled';
    default:
      return assertNever(event, 'node event');
  }
}
