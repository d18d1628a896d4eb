/**
 * Writes the figures of a run into the page that shows them: `tsx test/bench/engine/table.ts FIGURES`, where FIGURES is
 * what `npm run bench -- engine --json --peers` printed on the same machine.
 */

import { digits, type Rows, readRows, shownValue, table, unitOf, writeFigures } from '../figures-page.js';
import { lockedPackages } from '../peers/install.js';
import { peerNames } from '../peers/peers.js';
import type { Figure, Row } from '../row.js';
import { cases, isContest } from './cases.js';

function nameOf(id: string): string {
  return id.slice('engine/'.length);
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

const [file] = process.argv.slice(2);
if (file === undefined) throw new Error('Which file? tsx test/bench/engine/table.ts FIGURES');
const rows = readRows(file);
writeFigures('engine', rows, [ourTable(rows), peerTable(rows)]);
