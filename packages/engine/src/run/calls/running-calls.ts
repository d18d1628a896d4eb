import { LoomError } from '@loom/graph';
import type { CallContext } from '../../call/context.js';
import type { DirectCode, DirectExecution } from '../../executor.js';
import type { Frame } from '../frame.js';
import { Phase } from '../tokens.js';
import type { CallListener } from './call-listener.js';
import { durationSince, finishCall } from './finish-call.js';

/** An asynchronous call that has not settled. */
interface Running {
  readonly context: CallContext<unknown>;
}

/** The calls of one executor in one run that gave promises and have not settled. Each has one of the executor's places. */
export class RunningCalls {
  readonly #direct: DirectExecution;
  readonly #listener: CallListener;
  readonly #running = new Map<Frame, Map<number, Running>>();
  #isTurnDue = false;
  #stopListening: (() => void) | undefined;

  constructor(direct: DirectExecution, listener: CallListener) {
    this.#direct = direct;
    this.#listener = listener;
  }

  /** Waits for a call, and ends its node with what it gives. */
  follow(
    frame: Frame,
    node: number,
    code: DirectCode,
    context: CallContext<unknown>,
    result: PromiseLike<unknown>,
  ): void {
    const direct = this.#direct;
    const start = performance.now();
    direct.places.take();
    const running: Running = { context };
    const ofFrame = this.#running.get(frame) ?? new Map<number, Running>();
    this.#running.set(frame, ofFrame.set(node, running));
    this.#stopListening ??= direct.onDispose(() => {
      const reason = new LoomError('executor/disposed', 'The executor was disposed of.');
      this.#listener.turn(() => this.cancel(reason));
    });
    const settle = (end: () => void): void => {
      // A cancelled call has left its place already.
      if (this.#running.get(frame)?.get(node) !== running) return;
      this.#leave(frame, node);
      this.#listener.guard(end);
      this.#turnSoon();
    };
    Promise.resolve(result).then(
      (value) => settle(() => finishCall(direct, frame, node, code, start, value)),
      (thrown) => settle(() => frame.fail(node, code.faultOf(thrown), durationSince(start))),
    );
  }

  /** Tells all to stop, and ends their nodes. What they still give is nobody's. */
  cancel(reason: LoomError): void {
    for (const frame of [...this.#running.keys()]) this.cancelFrame(frame, reason);
    this.#stopListening?.();
    this.#stopListening = undefined;
  }

  /** Likewise, for the calls of one frame. */
  cancelFrame(frame: Frame, reason: LoomError): void {
    for (const node of [...(this.#running.get(frame)?.keys() ?? [])]) {
      this.stop(frame, node, reason);
      if (frame.tokens.phase[node] === Phase.running) frame.endings.cancelled(node);
    }
  }

  /** Tells one call to stop, if it is there; its node is ended by somebody else. */
  stop(frame: Frame, node: number, reason: LoomError): void {
    const context = this.contextOf(frame, node);
    if (!context) return;
    // What never settles must not keep a place for ever.
    this.#leave(frame, node);
    context.stop(reason);
  }

  contextOf(frame: Frame, node: number): CallContext<unknown> | undefined {
    return this.#running.get(frame)?.get(node)?.context;
  }

  #leave(frame: Frame, node: number): void {
    const ofFrame = this.#running.get(frame);
    ofFrame?.delete(node);
    if (ofFrame?.size === 0) this.#running.delete(frame);
    this.#direct.places.leave();
  }

  /** Calls that settle one right after the other share a turn. */
  #turnSoon(): void {
    if (this.#isTurnDue) return;
    this.#isTurnDue = true;
    queueMicrotask(() => {
      this.#isTurnDue = false;
      this.#listener.turn();
    });
  }
}
