/** How often a worker that died by itself is started again. */
export interface RestartPolicy {
  /** Deaths within {@link windowMs} after which it is not started again by itself. */
  readonly limit: number;
  readonly windowMs: number;
  /** Wait before the second restart within the window; doubles with each further one. The first comes at once. */
  readonly backOffMs: number;
}

export const DEFAULT_RESTART_POLICY: RestartPolicy = { limit: 3, windowMs: 60_000, backOffMs: 500 };

/** The wait before the next restart in milliseconds, or `undefined` when the budget is spent. */
export function nextRestart({ limit, backOffMs }: RestartPolicy, recentDeaths: number): number | undefined {
  if (recentDeaths > limit) return undefined;
  return recentDeaths <= 1 ? 0 : backOffMs * 2 ** (recentDeaths - 2);
}
