import type { Said } from '../../call/said.js';
import type { TaskEvent } from '../../executor.js';
import { faultOf } from '../../fault.js';
import type { NodeError } from '../../node-error.js';
import type { ValueRef } from '../../value.js';
import type { Frame } from '../frame.js';
import type { Recovery } from '../recovery.js';
import type { Reporter } from '../reporter.js';
import { Phase } from '../tokens.js';
import type { Turns } from '../turns.js';
import type { DispatchListener } from './dispatch-listener.js';

/** What it acts upon, of a run. */
export interface DispatchedHost {
  readonly reporter: Reporter;
  readonly recovery: Pick<Recovery, 'mayRetry'>;
  readonly turns: Turns;
  readonly isHeard: boolean;
  readonly isHalted: boolean;
  /** Whether an error has stopped the run. */
  readonly isStopped: boolean;
  release(refs: readonly ValueRef[]): void;
  onStarted(frame: Frame, node: number): void;
  onCallSaid(frame: Frame, node: number, said: Said): void;
  onFault(thrown: unknown): void;
}

/** Takes what becomes of nodes that were handed to executors. What comes after the end of a node changes nothing. */
export class Dispatched implements DispatchListener {
  readonly #host: DispatchedHost;

  constructor(host: DispatchedHost) {
    this.#host = host;
  }

  get isHeard(): boolean {
    return this.#host.isHeard;
  }

  get isHalted(): boolean {
    return this.#host.isHalted;
  }

  turn(act?: () => void): void {
    this.#host.turns.go(act);
  }

  guard(act: () => void): void {
    this.#host.turns.guard(act);
  }

  onFault(thrown: unknown): void {
    this.#host.onFault(thrown);
  }

  onCallStarted(frame: Frame, node: number): void {
    this.#host.onStarted(frame, node);
    this.#host.reporter.started(frame, node);
  }

  onCallSaid(frame: Frame, node: number, said: Said): void {
    this.#host.onCallSaid(frame, node, said);
  }

  onNodeFailed(frame: Frame, node: number, error: NodeError): void {
    frame.fail(node, error, 0);
  }

  onInputsLacking(frame: Frame, node: number, error: NodeError, lacking: Iterable<number>): void {
    if (this.#host.recovery.mayRetry(frame, node, error, false, lacking)) frame.putBack(node);
    else frame.fail(node, error, 0);
  }

  onTaskEvent(frame: Frame, node: number, event: TaskEvent): void {
    const host = this.#host;
    const { reporter, recovery } = host;
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
        this.onCallStarted(frame, node);
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
        if (host.isStopped && phase === Phase.sent) frame.drop(node);
        else endings.cancelled(node);
        return;
      case 'unresolved':
        frame.fail(node, faultOf('executor/fault', 'The executor found no value for an input that has one.'), 0);
        return;
    }
  }
}
