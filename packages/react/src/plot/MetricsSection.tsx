import type { MetricSeries } from '@loom/engine';
import type { NodeId } from '@loom/graph';
import { memo, type ReactNode, useMemo } from 'react';
import { useShownRun } from '../hooks/useLoom.js';
import { useMessages } from '../messages/messages.js';
import { LazyPlot } from './lazy-plot.js';
import { metricPlot } from './plot-data.js';

/** More than this at once cannot be followed. */
const MAX_SHOWN = 12;

/** What a node measures while it runs: each metric as a line that grows. */
export function MetricsSection({ id }: { readonly id: NodeId }): ReactNode {
  const messages = useMessages();
  const metrics = useShownRun(id)?.metrics;
  if (metrics === undefined || metrics.size === 0) return null;
  return (
    <section className="loom-inspector-section">
      <h3>{messages.metricsTitle}</h3>
      <ul className="loom-metrics">
        {[...metrics].slice(0, MAX_SHOWN).map(([name, series]) => (
          <Metric key={name} name={name} series={series} />
        ))}
      </ul>
      {metrics.size > MAX_SHOWN ? <p>{messages.issuesMore(metrics.size - MAX_SHOWN)}</p> : null}
    </section>
  );
}

const Metric = memo(function Metric({
  name,
  series,
}: {
  readonly name: string;
  readonly series: MetricSeries;
}): ReactNode {
  const data = useMemo(() => metricPlot(name, series), [name, series]);
  const { value } = series.last;
  return (
    <li>
      <span>{name}</span>
      <LazyPlot data={data} small />
      <output>{value === null ? '—' : Number(value.toPrecision(4))}</output>
    </li>
  );
});
