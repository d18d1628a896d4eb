/** One value of a metric. */
export interface MetricPoint {
  readonly step: number;
  /** Null for what is no finite number: a gap in a plot. */
  readonly value: number | null;
  /** Milliseconds of the engine's clock. */
  readonly at: number;
}

/** What a node told of one metric in its run. */
export interface MetricSeries {
  /** In the order in which they came; when there are too many, every second one is left out. */
  readonly points: readonly MetricPoint[];
  /** The newest one. */
  readonly last: MetricPoint;
}

/** The metrics of a node by name, in the order in which they were first told. */
export type NodeMetrics = ReadonlyMap<string, MetricSeries>;

/** Metrics kept of one node. */
export const MAX_METRICS = 100;
/** Points kept of one metric. */
export const MAX_METRIC_POINTS = 1_000;

/** The metrics with points added. Names beyond the bound are left out. */
export function appendMetrics(
  metrics: NodeMetrics | undefined,
  added: ReadonlyMap<string, readonly MetricPoint[]>,
): NodeMetrics {
  const next = new Map(metrics ?? []);
  for (const [name, points] of added) {
    const before = next.get(name);
    const last = points.at(-1);
    if (!last || (!before && next.size >= MAX_METRICS)) continue;
    next.set(name, { points: thinned([...(before?.points ?? []), ...points]), last });
  }
  return next;
}

/** Within the bound, over the whole length, and with both ends. */
function thinned(points: readonly MetricPoint[]): readonly MetricPoint[] {
  let kept = points;
  while (kept.length > MAX_METRIC_POINTS) {
    const { length } = kept;
    kept = kept.filter((_, index) => index % 2 === 0 || index === length - 1);
  }
  return kept;
}
