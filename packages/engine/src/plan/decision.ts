import type { NodeError } from '../node-error.js';
import type { BypassRoute } from './bypass.js';
import type { PinnedValues } from './given.js';
import type { KeptResult } from './run-record.js';

/** What is decided about a node, apart from whether an executor for it exists. */
export type Decision =
  | { readonly action: 'run'; readonly reason: 'target' | 'needed' | 'changed' }
  | { readonly action: 'reuse'; readonly reason: 'unchanged'; readonly result: KeptResult }
  /** Gives these values without being run; what is not among them is skipped. Needs nothing. */
  | { readonly action: 'pinned'; readonly values: PinnedValues }
  /** Hands on what it gets, by place of its outputs. Needs only the edges that it hands on. */
  | { readonly action: 'bypass'; readonly routes: readonly BypassRoute[] }
  | { readonly action: 'blocked'; readonly error: NodeError }
  | { readonly action: 'skip'; readonly reason: 'muted' | 'waits-for-event' };

export type RunDecision = Extract<Decision, { action: 'run' }>;

export const TARGET: RunDecision = { action: 'run', reason: 'target' };
export const NEEDED: RunDecision = { action: 'run', reason: 'needed' };
export const CHANGED: RunDecision = { action: 'run', reason: 'changed' };

/** Decisions by node. */
export interface Decisions {
  /** Undefined outside the scope. */
  get(node: number): Decision | undefined;
}

/** Decisions of a plan that most of its flow is in. */
export class DenseDecisions implements Decisions {
  readonly #decisions: readonly (Decision | undefined)[];

  constructor(decisions: readonly (Decision | undefined)[]) {
    this.#decisions = decisions;
  }

  get(node: number): Decision | undefined {
    return this.#decisions[node];
  }
}
