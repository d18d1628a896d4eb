/**
 * Writes the figures of a run into the page that shows them: `tsx test/bench/engine/table.ts FIGURES`, where FIGURES is
 * what `npm run bench -- engine --json --peers` printed on the same machine.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { root } from '../../../scripts/workspace.js';
import { lockedPackages } from '../peers/install.js';
import { peerNames } from '../peers/peers.js';
import type { Figure, Row } from '../row.js';
import { cases, isContest } from './cases.js';

const PAGE = path.join(root, 'docs/benchmarks.md');
const BEGIN = '<!-- figures: begin -->';
const END = '<!-- figures: end -->';

type Rows = ReadonlyMap<string, Row>;

function readRows(file: string): Rows {
  const lines = readFileSync(file, 'utf8').split('\n');
  const rows = lines.filter((line) => line.startsWith('{')).map((line) => JSON.parse(line) as Row);
  return new Map(rows.map((row) => [row.id, row]));
}

function nameOf(id: string): string {
  return id.slice('engine/'.length);
}

/** Three digits, however large or small. */
function digits(value: number): string {
  if (value >= 100) return Math.round(value).toLocaleString('en-US');
  return String(Number(value.toPrecision(value >= 10 ? 3 : 2)));
}

function unitOf(unit: string): string {
  return unit === 'x' ? '×' : unit === 'us' ? ' µs' : ` ${unit}`;
}

function shownValue(row: Row | undefined): string {
  if (!row) return '–';
  return 'error' in row ? row.error : `${digits(row.value)}${unitOf(row.unit)}`;
}

/** What it took, and how that compares. */
function cellOf(row: Row | undefined): string {
  if (!row || 'error' in row) return shownValue(row);
  const few = row.repetitions !== undefined && row.repetitions < 5 ? ` [${row.repetitions}]` : '';
  return row.unit === 'x' ? `${digits(row.ms ?? 0)} ms (${digits(row.value)}×)${few}` : `${shownValue(row)}${few}`;
}

function bestPeer(rows: Rows, id: string): string {
  const known = peerNames.flatMap((name) => {
    const row = rows.get(`${id}@${name}`);
    return row && !('error' in row) ? [{ name, row }] : [];
  });
  const [best] = known.sort((a, b) => a.row.value - b.row.value);
  return best ? `${shownValue(best.row)} ${best.name}` : '–';
}

function table(head: readonly string[], body: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map((_, i) => (i === 0 ? '---' : '---:'))), ...body.map(line)].join('\n');
}

function partsOf({ parts = {} }: Figure): string {
  return Object.entries(parts)
    .map(([name, value]) =>
      name.endsWith('Bytes') ? `${name.slice(0, -5)} ${value} B` : `${name} ${digits(value)} ms`,
    )
    .join(', ');
}

function ourTable(rows: Rows): string {
  const body = cases.map(({ id, limit }) => {
    const row = rows.get(id);
    const unit = row && !('error' in row) ? unitOf(row.unit) : '';
    const whole = row && !('error' in row) && row.unit === 'x' ? `${digits(row.ms ?? 0)} ms` : '';
    const parts = row && !('error' in row) ? partsOf(row) : '';
    const verdict = limit === undefined ? 'told' : row?.ok ? 'reached' : 'missed';
    const bound = limit === undefined ? '–' : `${limit}${unit}`;
    return [`\`${nameOf(id)}\``, shownValue(row), whole, bound, verdict, bestPeer(rows, id), parts];
  });
  return table(['id', 'Loom', 'time', 'to reach', '', 'best peer', 'parts'], body);
}

function peerTable(rows: Rows): string {
  const contests = cases.filter(isContest);
  const packages = lockedPackages();
  const line = (label: string, suffix: string): string[] => [
    label,
    ...contests.map(({ id }) => cellOf(rows.get(`${id}${suffix}`))),
  ];
  const peers = peerNames.map((name) => {
    const { version = '', license = '' } = packages.get(name) ?? {};
    return line(`${name} ${version} (${license})`, `@${name}`);
  });
  return table(['', ...contests.map(({ id }) => `\`${nameOf(id)}\``)], [line('**Loom**', ''), ...peers]);
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

const [file] = process.argv.slice(2);
if (file === undefined) throw new Error('Which file? tsx test/bench/engine/table.ts FIGURES');
const rows = readRows(file);
const text = readFileSync(PAGE, 'utf8');
const from = text.indexOf(BEGIN);
const to = text.indexOf(END);
if (from < 0 || to < from) throw new Error(`${PAGE} has no place for figures: "${BEGIN}" and "${END}" are missing.`);
const figures = [
  BEGIN,
  `Measured on ${new Date().toISOString().slice(0, 10)}: ${machine()}. ${busyness(rows)}`,
  ourTable(rows),
  peerTable(rows),
].join('\n\n');
writeFileSync(PAGE, `${text.slice(0, from)}${figures}\n\n${text.slice(to)}`);
console.log(`${rows.size} figures are in ${path.relative(root, PAGE)}.`);
