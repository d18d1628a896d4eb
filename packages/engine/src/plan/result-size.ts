import type { DirectExecution } from '../executor.js';
import type { OutputSummary } from '../value.js';

export const NUMBER_BYTES = 8;

/** What a value is taken for when nobody says how large it is. */
const UNKNOWN_BYTES = 1024;

/** What a node gave: some values of a list, and what is known of them. */
export interface SizedResult {
  readonly values: readonly unknown[];
  readonly start: number;
  readonly count: number;
  readonly summaries: readonly (OutputSummary | undefined)[];
  readonly holder: DirectExecution | undefined;
}

/** About how much memory a result takes: as its executor says, else by a look at the values. */
export function bytesOfResult({ values, start, count, summaries, holder }: SizedResult): number {
  let sum = 0;
  for (const summary of summaries) sum += summary ? (summary.bytes ?? UNKNOWN_BYTES) : 0;
  // What was described is counted by now.
  if (sum > 0) return sum;
  for (let i = 0; i < count; i++) {
    const value = values[start + i];
    sum += typeof value === 'number' ? NUMBER_BYTES : (holder?.sizeOf(value) ?? UNKNOWN_BYTES);
  }
  return sum;
}

/** Whether there are nothing but numbers in a list, as in many large flows. */
export function isLight(values: readonly unknown[], count: number): boolean {
  for (let i = 0; i < count; i++) if (typeof values[i] !== 'number') return false;
  return true;
}
