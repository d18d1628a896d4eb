import type { SkipReason } from '../event.js';
import type { CompiledFlow } from '../flow/compiled-flow.js';
import type { NodeError } from '../node-error.js';
import type { Outputs } from '../plan/run-record.js';

/** How a node ended over all its frames, from the best to the worst. */
export const Outcome = { none: 0, skipped: 1, success: 2, cancelled: 3, error: 4 } as const;
export type Outcome = (typeof Outcome)[keyof typeof Outcome];

/** What became of the nodes of a zone's body, over all frames that it had in one run. */
export class Tally {
  readonly outcomes: Uint8Array;
  readonly durations: Float64Array;
  /** The first error of each node. */
  readonly errors = new Map<number, NodeError>();
  /** Why a node was skipped, the last time that it was. */
  readonly reasons = new Map<number, SkipReason>();
  /** The newest outputs of each node, where somebody listens. */
  readonly outputs = new Map<number, Outputs>();

  constructor(body: CompiledFlow) {
    this.outcomes = new Uint8Array(body.ids.length);
    this.durations = new Float64Array(body.ids.length);
  }

  note(node: number, outcome: Outcome, durationMs: number): void {
    if (outcome > (this.outcomes[node] as number)) this.outcomes[node] = outcome;
    this.durations[node] = (this.durations[node] as number) + durationMs; // arrays of fixed length
  }

  failed(node: number, error: NodeError, durationMs: number): void {
    this.note(node, Outcome.error, durationMs);
    if (!this.errors.has(node)) this.errors.set(node, error);
  }
}
