import type { Clock } from '../../clock.js';
import type { NodeError } from '../../node-error.js';
import type { Frame } from '../frame.js';
import type { Reporter } from '../reporter.js';
import { Phase } from '../tokens.js';

/** Longest time between two tries. */
const LONGEST_DELAY_MS = 10_000;

/** What time limits and tries of nodes need of their run. */
export interface PolicyHost {
  readonly clock: Clock;
  readonly reporter: Reporter;
  /** Milliseconds before the second try; doubled before each further one. */
  readonly retryDelayMs: number;
  /** How to stop what a node is doing now. */
  stopperOf(frame: Frame, node: number): () => void;
  /** Goes on after something was waited for. */
  turn(act?: () => void): void;
}

/** What one node in one frame is waited for. */
interface Waiting {
  timer: unknown;
  tries: number;
}

/** Time limits and further tries of nodes, by their settings. Only nodes that have such settings come here. */
export class NodePolicies {
  readonly #host: PolicyHost;
  readonly #waiting = new Map<Frame, Map<number, Waiting>>();

  constructor(host: PolicyHost) {
    this.#host = host;
  }

  /** A node has started: its time counts from now. */
  started(frame: Frame, node: number): void {
    const timeoutMs = frame.flow.nodes[node]?.settings?.timeoutMs;
    if (timeoutMs === undefined) return;
    const waiting = this.#of(frame, node);
    this.#host.clock.clearTimeout(waiting.timer);
    waiting.timer = this.#host.clock.setTimeout(() => {
      this.#host.turn(() => this.#expire(frame, node, timeoutMs));
    }, timeoutMs);
  }

  /** A node has ended, one way or another. */
  ended(frame: Frame, node: number): void {
    const ofFrame = this.#waiting.get(frame);
    const waiting = ofFrame?.get(node);
    if (!ofFrame || !waiting) return;
    this.#host.clock.clearTimeout(waiting.timer);
    ofFrame.delete(node);
    if (ofFrame.size === 0) this.#waiting.delete(frame);
  }

  /** True when a node that failed will be tried again: it then waits, and counts as not having ended. */
  retries(frame: Frame, node: number, error: NodeError): boolean {
    const { phase } = frame.tokens;
    // What never started would fail in the same way.
    if (phase[node] !== Phase.running && phase[node] !== Phase.sent) return false;
    const retries = frame.flow.nodes[node]?.settings?.retries ?? 0;
    const type = frame.flow.types[node];
    if (retries === 0 || !(type?.pure || type?.idempotent)) return false;
    const waiting = this.#of(frame, node);
    if (waiting.tries >= retries) return false;
    waiting.tries++;
    this.#host.clock.clearTimeout(waiting.timer);
    phase[node] = Phase.ready;
    this.#host.reporter.retrying(frame, node, waiting.tries, error);
    const delayMs = Math.min(this.#host.retryDelayMs * 2 ** (waiting.tries - 1), LONGEST_DELAY_MS);
    waiting.timer = this.#host.clock.setTimeout(() => {
      this.#host.turn(() => {
        if (phase[node] === Phase.ready) frame.startAgain(node);
      });
    }, delayMs);
    return true;
  }

  /** The run is over. */
  close(): void {
    for (const ofFrame of this.#waiting.values()) {
      for (const { timer } of ofFrame.values()) this.#host.clock.clearTimeout(timer);
    }
    this.#waiting.clear();
  }

  #of(frame: Frame, node: number): Waiting {
    const ofFrame = this.#waiting.get(frame) ?? new Map<number, Waiting>();
    this.#waiting.set(frame, ofFrame);
    const waiting = ofFrame.get(node) ?? { timer: undefined, tries: 0 };
    ofFrame.set(node, waiting);
    return waiting;
  }

  #expire(frame: Frame, node: number, timeoutMs: number): void {
    const phase = frame.tokens.phase[node];
    if (phase !== Phase.running && phase !== Phase.sent) return;
    const message = `The node took longer than the ${timeoutMs} ms that its settings allow.`;
    const error: NodeError = { code: 'node/timed-out', message, frames: [] };
    const container = frame.containers.get(node);
    if (container) container.timeOut(error);
    else {
      // Ended first, so that what the executor says of the stop changes nothing.
      const stop = this.#host.stopperOf(frame, node);
      frame.fail(node, error, timeoutMs);
      stop();
    }
  }
}
