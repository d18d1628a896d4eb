import type { Freshness } from './freshness.js';
import type { KeptResult } from './run-record.js';

/** The result of a node that holds and whose values are there. */
export function reusable(fresh: Freshness, node: number): KeptResult | undefined {
  if (!fresh.keys.isKept(node) || !fresh.holds(node)) return undefined;
  const execution = fresh.execution(node);
  if (!execution?.record) return undefined;
  const { record, index } = execution;
  // It may have been made while it was not to be kept.
  return record.keys.isKept(index) ? { record, index } : undefined;
}
