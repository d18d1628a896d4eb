import { assertNever } from '@loom/graph';
import type { Run } from '../api.js';
import type { RunStatus } from '../event.js';
import { faultFrom } from '../fault.js';
import type { NodeError } from '../node-error.js';
import type { EventPayload } from './event-source.js';
import type { DropCode } from './live-flow.js';
import { admit, type EventPolicy, mayStart } from './policy.js';

/** What hears of firings, and begins their runs. */
export interface FiringsHost {
  /** May throw when no run can begin. */
  begin(payload: EventPayload, firing: number): Run;
  onStarted(firing: number, runId: string): void;
  onFinished(firing: number, runId: string, status: RunStatus, error: NodeError | undefined): void;
  onDropped(count: number, code: DropCode): void;
  /** No run could begin. */
  onRefused(error: unknown): void;
}

interface Firing {
  readonly number: number;
  readonly payload: EventPayload;
}

/** The firings of one node: those that wait, and the child runs of those that do not. */
export class Firings {
  readonly #host: FiringsHost;
  readonly #runs = new Set<Run>();
  readonly #waiting: Firing[] = [];
  /** Drops that have not been told yet: a flood is told as a number. */
  readonly #untold = new Map<DropCode, number>();
  #policy: EventPolicy = 'queue';
  #fired = 0;
  #dropped = 0;

  constructor(host: FiringsHost) {
    this.#host = host;
  }

  get counts(): {
    readonly fired: number;
    readonly running: number;
    readonly waiting: number;
    readonly dropped: number;
  } {
    return { fired: this.#fired, running: this.#runs.size, waiting: this.#waiting.length, dropped: this.#dropped };
  }

  setPolicy(policy: EventPolicy): void {
    this.#policy = policy;
    this.#startWaiting();
  }

  add(payload: EventPayload): void {
    const firing = { number: this.#fired++, payload };
    const admission = admit(this.#policy, this.#runs.size, this.#waiting.length);
    switch (admission) {
      case 'start':
        this.#begin(firing);
        return;
      case 'drop':
        this.#drop(1, 'event/busy');
        return;
      case 'replace':
        this.#drop(this.#waiting.splice(0).length, 'event/overtaken');
        break;
      case 'overflow':
        this.#drop(this.#waiting.splice(0, 1).length, 'event/overflow');
        break;
      case 'wait':
        break;
      default:
        assertNever(admission, 'admission');
    }
    this.#waiting.push(firing);
  }

  dropWaiting(): void {
    this.#drop(this.#waiting.splice(0).length, 'event/stopped');
  }

  cancelRuns(): void {
    for (const run of [...this.#runs]) run.cancel();
  }

  /** Resolves when no child run goes on. Each run sees to it that it ends in time. */
  async ended(): Promise<void> {
    while (this.#runs.size > 0) await Promise.allSettled(Array.from(this.#runs, (run) => run.result));
  }

  tellDropped(): void {
    const untold = [...this.#untold];
    this.#untold.clear();
    for (const [code, count] of untold) this.#host.onDropped(count, code);
  }

  #begin({ number, payload }: Firing): void {
    let run: Run;
    try {
      run = this.#host.begin(payload, number);
    } catch (error) {
      this.#host.onRefused(error);
      return;
    }
    this.#runs.add(run);
    this.#host.onStarted(number, run.id);
    const end = (status: RunStatus, error?: NodeError): void => {
      this.#runs.delete(run);
      this.#host.onFinished(number, run.id, status, error);
      this.#startWaiting();
    };
    run.result.then(
      ({ status }) => end(status),
      (error: unknown) => end('failed', faultFrom(error)),
    );
  }

  #startWaiting(): void {
    while (mayStart(this.#policy, this.#runs.size)) {
      const firing = this.#waiting.shift();
      if (!firing) return;
      this.#begin(firing);
    }
  }

  #drop(count: number, code: DropCode): void {
    if (count === 0) return;
    this.#dropped += count;
    if (this.#untold.size === 0) queueMicrotask(() => this.tellDropped());
    this.#untold.set(code, (this.#untold.get(code) ?? 0) + count);
  }
}
