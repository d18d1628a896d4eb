import { readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { root } from '../../scripts/workspace.js';
import type { Row } from './row.js';

const [BEGIN, END] = ['<!-- figures: begin -->', '<!-- figures: end -->'];

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

/** A line for each figure of ours, with those of others beside it. */
export function figureTable(rows: Rows, peers: readonly string[] = []): string {
  const ours = [...rows.values()].filter(({ id }) => !id.includes('@'));
  const body = ours.map((row) => {
    const name = `\`${row.id.slice(row.id.indexOf('/') + 1)}\``;
    const others = peers.map((peer) => shownValue(rows.get(`${row.id}@${peer}`)));
    if ('error' in row) return [name, row.error, '', 'missed', ...others, ''];
    const bound = row.limit === undefined ? '–' : `${row.limit}${unitOf(row.unit)}`;
    return [name, shownValue(row), bound, row.ok ? 'reached' : 'missed', ...others, row.against];
  });
  return table(['id', 'Loom', 'to reach', '', ...peers, 'what'], body);
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
 * Writes parts into a page of `docs/benchmarks`, in the place that two comments mark, below a line that says where and
 * when they were measured.
 */
export function writeFigures(name: 'editor' | 'engine' | 'pyodide', rows: Rows, parts: readonly string[]): void {
  const page = path.join(root, `docs/benchmarks/${name}.md`);
  const text = readFileSync(page, 'utf8');
  const from = text.indexOf(BEGIN);
  const to = text.indexOf(END);
  if (from < 0 || to < from) throw new Error(`${page} has no place for figures: "${BEGIN}" and "${END}" are missing.`);
  const measured = `Measured on ${new Date().toISOString().slice(0, 10)}: ${machine()}. ${busyness(rows)}`;
  writeFileSync(page, `${text.slice(0, from)}${[BEGIN, measured, ...parts].join('\n\n')}\n\n${text.slice(to)}`);
  console.log(`${rows.size} figures are in ${path.relative(root, page)}.`);
}
