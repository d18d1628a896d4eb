/** How often a worker may die unasked before starting it again stops. */
export interface RestartPolicy {
  /** Restarts within {@link windowMs}. */
  readonly limit: number;
  readonly windowMs: number;
  /** Wait before the second restart in the window; doubles with each further one. The first comes at once. */
  readonly backOffMs: number;
}

export const DEFAULT_RESTART_POLICY: RestartPolicy = { limit: 3, windowMs: 60_000, backOffMs: 500 };

/** The wait before the next restart in milliseconds, or `undefined` when the budget is spent. `deaths` are times. */
export function nextRestart(policy: RestartPolicy, deaths: readonly number[], now: number): number | undefined {
  const recent = deaths.filter((at) => now - at < policy.windowMs).length;
  if (recent > policy.limit) return undefined;
  return recent <= 1 ? 0 : policy.backOffMs * 2 ** (recent - 2);
}
