import { type ReactNode, useEffect, useRef } from 'react';
import uPlot from 'uplot';
import { useMessages } from '../messages/messages.js';
import { usePageTheme } from '../previews/usePageTheme.js';
import { extremes, type PlotData } from './plot-data.js';

/** Props of {@link LinePlot}. */
export interface LinePlotProps {
  readonly data: PlotData;
  /** Without axes and legend, where there is little room. @default false */
  readonly small?: boolean;
}

const AXIS_FONT_SIZE = 11;
const LINE_WIDTH = 1.5;

/** Lines on a canvas. Data that grows is drawn anew in place. */
export function LinePlot({ data, small = false }: LinePlotProps): ReactNode {
  const messages = useMessages();
  const holder = useRef<HTMLDivElement>(null);
  const legend = useRef<HTMLUListElement>(null);
  const plot = useRef<uPlot>(undefined);
  const newest = useRef(data);
  const theme = usePageTheme(holder);
  const names = data.lines.map(({ name }) => name);
  const key = JSON.stringify(names);

  // biome-ignore lint/correctness/useExhaustiveDependencies: other lines need another plot; other points do not
  useEffect(() => {
    const { current } = holder;
    if (current === null || theme === undefined) return undefined;
    // The canvas knows no variables: the swatches of the legend have the colours that they resolve to.
    const swatches = [...(legend.current?.querySelectorAll('i') ?? [])];
    const colors = swatches.map((swatch) => getComputedStyle(swatch).backgroundColor);
    const axis: uPlot.Axis = {
      show: !small,
      stroke: theme.color,
      font: `${AXIS_FONT_SIZE}px ${theme.fontFamily}`,
      grid: { stroke: theme.border, width: 1 },
      ticks: { stroke: theme.border, width: 1, size: 4 },
    };
    const created = new uPlot(
      {
        width: current.clientWidth,
        height: current.clientHeight,
        scales: { x: { time: false } },
        axes: [
          { ...axis, size: 28 },
          { ...axis, size: 56 },
        ],
        series: [
          {},
          ...names.map((label, at) => ({
            label,
            stroke: colors[at] ?? theme.color,
            width: LINE_WIDTH,
            points: { show: false },
          })),
        ],
        legend: { show: false },
        cursor: { show: !small, drag: { x: true, y: false } },
      },
      aligned(newest.current),
      current,
    );
    plot.current = created;
    const observer = new ResizeObserver(() => {
      if (current.clientWidth > 0) created.setSize({ width: current.clientWidth, height: current.clientHeight });
    });
    observer.observe(current);
    return () => {
      observer.disconnect();
      created.destroy();
      plot.current = undefined;
    };
  }, [theme, key, small]);

  useEffect(() => {
    if (newest.current === data) return;
    newest.current = data;
    plot.current?.setData(aligned(data));
  }, [data]);

  return (
    <div className="loom-plot" data-small={small || undefined}>
      <ul className={small ? 'loom-hidden' : 'loom-plot-legend'} ref={legend}>
        {data.lines.map(({ name, values }) => {
          const range = extremes(values);
          return (
            <li key={name}>
              <i aria-hidden="true" />
              {name}
              {range === undefined ? null : (
                <span className="loom-hidden">
                  {messages.plotRange(name, round(range.least), round(range.most), round(range.last))}
                </span>
              )}
            </li>
          );
        })}
      </ul>
      <div className="loom-plot-canvas" ref={holder} role="img" aria-label={messages.plotLabel(names)} />
    </div>
  );
}

function aligned({ x, lines }: PlotData): uPlot.AlignedData {
  return [[...x], ...lines.map(({ values }) => [...values])];
}

function round(value: number): number {
  return Number(value.toPrecision(5));
}
