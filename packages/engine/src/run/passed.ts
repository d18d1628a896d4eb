import type { OutputSummary, ValueRef } from '../value.js';

/** A value on its way from one body to another: of this realm, or held by an executor and described. */
export interface Passed {
  readonly value: unknown;
  /** Given when the value is `ELSEWHERE`. */
  readonly summary: OutputSummary | undefined;
}

/** Keeps handles, and lets them go. */
export interface Holder {
  retain(refs: readonly ValueRef[]): void;
  release(refs: readonly ValueRef[]): void;
}
