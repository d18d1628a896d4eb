import { readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { root } from '../../scripts/workspace.js';
import type { Row } from './row.js';

const PAGE = path.join(root, 'docs/benchmarks.md');

/** What a run has printed, by id. */
export type Rows = ReadonlyMap<string, Row>;

/** Reads the lines of JSON that a run has printed. */
export function readRows(file: string): Rows {
  const lines = readFileSync(file, 'utf8').split('\n');
  const rows = lines.filter((line) => line.startsWith('{')).map((line) => JSON.parse(line) as Row);
  return new Map(rows.map((row) => [row.id, row]));
}

/** Three digits, however large or small. */
export function digits(value: number): string {
  if (value >= 100) return Math.round(value).toLocaleString('en-US');
  return String(Number(value.toPrecision(value >= 10 ? 3 : 2)));
}

export function unitOf(unit: string): string {
  return unit === 'x' ? '×' : unit === 'us' ? ' µs' : ` ${unit}`;
}

export function shownValue(row: Row | undefined): string {
  if (!row) return '–';
  return 'error' in row ? row.error : `${digits(row.value)}${unitOf(row.unit)}`;
}

export function table(head: readonly string[], body: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map((_, i) => (i === 0 ? '---' : '---:'))), ...body.map(line)].join('\n');
}

/** How busy the machine was. A measuring process is a load of one. */
function busyness(rows: Rows): string {
  const loads = [...rows.values()].flatMap((row) => ('load' in row && row.load !== undefined ? [row.load] : []));
  if (loads.length === 0) return 'Nobody knows how busy it was.';
  const text = `Its load was ${Math.min(...loads)} to ${Math.max(...loads)}.`;
  if (Math.max(...loads) <= os.availableParallelism() + 1) return text;
  return `${text} **That is too much to quote these figures**: times are several times too long, and ratios can be off by two.`;
}

/** The machine by its class: what of it makes figures differ. */
function machine(): string {
  const memory = Math.round(os.totalmem() / 2 ** 30);
  const model =
    os
      .cpus()[0]
      ?.model.replace(/\s+(?:Processor|CPU).*$/, '')
      .trim() ?? 'unknown';
  return `${model}, ${os.availableParallelism()} processors, ${memory} GB, Node ${process.versions.node}, ${os.platform()}`;
}

/**
 * Writes parts into the page, in the place that comments of a name mark, below a line that says where and when they were
 * measured.
 */
export function writeFigures(name: string, rows: Rows, parts: readonly string[]): void {
  const [begin, end] = [`<!-- ${name}: begin -->`, `<!-- ${name}: end -->`];
  const text = readFileSync(PAGE, 'utf8');
  const from = text.indexOf(begin);
  const to = text.indexOf(end);
  if (from < 0 || to < from) throw new Error(`${PAGE} has no place for figures: "${begin}" and "${end}" are missing.`);
  const measured = `Measured on ${new Date().toISOString().slice(0, 10)}: ${machine()}. ${busyness(rows)}`;
  writeFileSync(PAGE, `${text.slice(0, from)}${[begin, measured, ...parts].join('\n\n')}\n\n${text.slice(to)}`);
  console.log(`${rows.size} figures are in ${path.relative(root, PAGE)}.`);
}
