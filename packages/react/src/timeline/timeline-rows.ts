import type { RecordedRun, RecordedSpan, SpanState } from '@loom/engine';
import type { NodeId } from '@loom/graph';

/** All that one node did in a run, in the order in which it began. */
export interface TimelineRow {
  readonly node: NodeId;
  readonly spans: readonly RecordedSpan[];
  /** The time that it ran in all, in milliseconds; what runs side by side counts twice. */
  readonly totalMs: number;
}

/** The rows of a run: nodes in the order in which they began. Iterations themselves have none: their nodes do. */
export function timelineRows(run: RecordedRun): readonly TimelineRow[] {
  const rows = new Map<NodeId, RecordedSpan[]>();
  for (const span of run.spans()) {
    if (span.kind === 'frame') continue;
    const row = rows.get(span.node);
    if (row === undefined) rows.set(span.node, [span]);
    else row.push(span);
  }
  return [...rows]
    .map(([node, spans]): TimelineRow => {
      // How a node in a zone ended in all is told once more without an iteration: it did not run another time.
      const framed = spans.filter(({ frame }) => frame !== undefined);
      const sorted = (framed.length > 0 ? framed : spans).sort((a, b) => a.start - b.start);
      return { node, spans: sorted, totalMs: sorted.reduce((sum, { start, end }) => sum + end - start, 0) };
    })
    .sort((a, b) => (a.spans[0]?.start ?? 0) - (b.spans[0]?.start ?? 0));
}

/** What is drawn of one or more spans: from and to as parts of the whole. */
export interface TimelineBar {
  readonly from: number;
  readonly to: number;
  readonly state: SpanState;
  /** How many spans are drawn as one, because they lie closer than one can see. */
  readonly count: number;
  readonly first: RecordedSpan;
}

/** The worst of what a bar stands for is what one sees. */
const WEIGHT: Readonly<Record<SpanState, number>> = {
  error: 6,
  retried: 5,
  running: 4,
  cancelled: 3,
  skipped: 1,
  cached: 1,
  success: 2,
};

/** Bars for spans in the order of their start. Spans that are closer than `gap` (a part of the whole) become one. */
export function timelineBars(spans: readonly RecordedSpan[], totalMs: number, gap: number): readonly TimelineBar[] {
  const whole = Math.max(totalMs, Number.MIN_VALUE);
  const bars: { from: number; to: number; state: SpanState; count: number; first: RecordedSpan }[] = [];
  for (const span of spans) {
    const [from, to] = [Math.min(1, span.start / whole), Math.min(1, span.end / whole)];
    const last = bars.at(-1);
    if (
      last !== undefined &&
      from - last.to < gap &&
      (last.count > 1 || last.to - last.from < gap * 3 || from < last.to)
    ) {
      last.to = Math.max(last.to, to);
      last.count += 1;
      if (WEIGHT[span.state] > WEIGHT[last.state]) last.state = span.state;
    } else bars.push({ from, to, state: span.state, count: 1, first: span });
  }
  return bars;
}

/** The span at a time: the one that goes on then, else the nearest. */
export function spanAt(spans: readonly RecordedSpan[], ms: number): RecordedSpan | undefined {
  let best: RecordedSpan | undefined;
  let distance = Number.POSITIVE_INFINITY;
  for (const span of spans) {
    const away = ms < span.start ? span.start - ms : ms > span.end ? ms - span.end : 0;
    if (away < distance) {
      best = span;
      distance = away;
    }
  }
  return best;
}

/** Round times for the axis, at most this many parts. */
export function ticks(totalMs: number, most: number): readonly number[] {
  if (!(totalMs > 0)) return [0];
  const rough = totalMs / most;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((each) => each >= rough) ?? rough;
  return Array.from({ length: Math.floor(totalMs / step) + 1 }, (_, index) => index * step);
}
