import type { CompiledFlow } from '../flow/compiled-flow.js';
import type { RunOrigin } from './run-origin.js';

/** Runs that are told apart by who wants to know what happened since a look. */
const MAX_RUNS = 64;

/** Flows whose runs are in it: each of them holds on to its flow. */
const MAX_FLOWS = 2;

/** The last runs, so that what is known of results need not be worked out anew after each of them. */
export class RunJournal {
  readonly #runs: (RunOrigin | undefined)[] = [];
  readonly #flows: CompiledFlow[] = [];
  /** Those that are not over, and some that are. */
  #open: RunOrigin[] = [];

  add(origin: RunOrigin): void {
    this.#runs[origin.version % MAX_RUNS] = origin;
    if (this.#open.length >= MAX_RUNS) this.#forgetClosed();
    this.#open.push(origin);
    const { flow } = origin.keys;
    if (this.#flows[0] === flow) return;
    const place = this.#flows.indexOf(flow);
    if (place > 0) this.#flows.splice(place, 1);
    this.#flows.unshift(flow);
    const old = this.#flows.length > MAX_FLOWS ? this.#flows.pop() : undefined;
    if (old)
      for (let i = 0; i < this.#runs.length; i++) if (this.#runs[i]?.keys.flow === old) this.#runs[i] = undefined;
  }

  /** A run by its version; undefined when it was too long ago. */
  get(version: number): RunOrigin | undefined {
    const origin = this.#runs[version % MAX_RUNS];
    return origin?.version === version ? origin : undefined;
  }

  /** Runs that may still have results to come. */
  get open(): Iterable<RunOrigin> {
    this.#forgetClosed();
    return this.#open;
  }

  #forgetClosed(): void {
    this.#open = this.#open.filter(({ isOpen }) => isOpen);
  }
}
