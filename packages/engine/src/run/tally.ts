import type { FrameStep, SkipReason } from '../event.js';
import type { CompiledFlow } from '../flow/compiled-flow.js';
import type { NodeError } from '../node-error.js';

/** How a node ended over all its frames, from the best to the worst. */
export const Outcome = { none: 0, skipped: 1, success: 2, cancelled: 3, error: 4 } as const;
export type Outcome = (typeof Outcome)[keyof typeof Outcome];

/** What became of the nodes of a zone's body, over all frames that it had in one run. */
export class Tally {
  readonly outcomes: Uint8Array;
  readonly durations: Float64Array;
  /** The error of each node in the first frame in which it has one. */
  readonly errors = new Map<number, NodeError>();
  readonly #paths = new Map<number, readonly FrameStep[]>();
  /** Why a node was skipped, the last time that it was. */
  readonly reasons = new Map<number, SkipReason>();

  constructor(body: CompiledFlow) {
    this.outcomes = new Uint8Array(body.ids.length);
    this.durations = new Float64Array(body.ids.length);
  }

  note(node: number, outcome: Outcome, durationMs: number): void {
    if (outcome > (this.outcomes[node] as number)) this.outcomes[node] = outcome;
    this.durations[node] = (this.durations[node] as number) + durationMs; // arrays of fixed length
  }

  failed(node: number, error: NodeError, durationMs: number, path: readonly FrameStep[] = []): void {
    this.note(node, Outcome.error, durationMs);
    const known = this.#paths.get(node);
    if (known && !comesBefore(path, known)) return;
    this.errors.set(node, error);
    this.#paths.set(node, path);
  }
}

/** Iterations go by their indexes, the outermost first. */
function comesBefore(path: readonly FrameStep[], other: readonly FrameStep[]): boolean {
  for (let i = 0; i < Math.min(path.length, other.length); i++) {
    const difference = (path[i]?.index ?? 0) - (other[i]?.index ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return path.length < other.length;
}
