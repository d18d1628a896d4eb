import type { MetricSeries, TablePage } from '@loom/engine';
import { isNumeric } from '../previews/table/table-cell.js';

/** Lines over one axis. `null` is a gap. */
export interface PlotData {
  readonly x: readonly number[];
  readonly lines: readonly { readonly name: string; readonly values: readonly (number | null)[] }[];
}

/** More lines than this cannot be told apart. */
const MAX_LINES = 6;

/** Places of the columns of a table that can be drawn as lines. */
export function lineColumns({ columns }: Pick<TablePage, 'columns'>): readonly number[] {
  return columns.flatMap(({ type }, place) => (isNumeric(type) ? place : [])).slice(0, MAX_LINES);
}

/** The numeric columns of rows, over the number of the row. */
export function tablePlot(columns: TablePage['columns'], rows: TablePage['rows']): PlotData {
  return {
    x: rows.map((_, row) => row),
    lines: lineColumns({ columns }).map((place) => ({
      name: columns[place]?.name ?? '',
      values: rows.map((row) => asNumber(row[place])),
    })),
  };
}

/** One metric over its steps. */
export function metricPlot(name: string, { points }: MetricSeries): PlotData {
  return { x: points.map(({ step }) => step), lines: [{ name, values: points.map(({ value }) => value) }] };
}

/** The least, the greatest and the last number of a line; undefined where it has none. */
export function extremes(
  values: readonly (number | null)[],
): { readonly least: number; readonly most: number; readonly last: number } | undefined {
  let found: { least: number; most: number; last: number } | undefined;
  for (const value of values) {
    if (value === null) continue;
    found =
      found === undefined
        ? { least: value, most: value, last: value }
        : { least: Math.min(found.least, value), most: Math.max(found.most, value), last: value };
  }
  return found;
}

function asNumber(cell: unknown): number | null {
  return typeof cell === 'number' && Number.isFinite(cell) ? cell : null;
}
