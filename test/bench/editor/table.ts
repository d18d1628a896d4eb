/**
 * Writes the figures of a run into the page that shows them: `tsx test/bench/editor/table.ts FIGURES`, where FIGURES is
 * what `npm run bench -- editor --json --peers` printed on the same machine.
 */
import { readRows, shownValue, table, unitOf, writeFigures } from '../figures-page.js';
import type { Row } from '../row.js';

const PEERS = ['xyflow', 'xyflow-tuned', 'litegraph'];

function lineOf(row: Row, peers: readonly (Row | undefined)[]): string[] {
  const name = `\`${row.id.slice('editor/'.length)}\``;
  if ('error' in row) return [name, row.error, '', 'missed', ...peers.map(shownValue), ''];
  const bound = row.limit === undefined ? '–' : `${row.limit}${unitOf(row.unit)}`;
  return [name, shownValue(row), bound, row.ok ? 'reached' : 'missed', ...peers.map(shownValue), row.against];
}

const [file] = process.argv.slice(2);
if (file === undefined) throw new Error('Which file? tsx test/bench/editor/table.ts FIGURES');
const rows = readRows(file);
const ours = [...rows.values()].filter(({ id }) => !id.includes('@'));
const body = ours.map((row) =>
  lineOf(
    row,
    PEERS.map((peer) => rows.get(`${row.id}@${peer}`)),
  ),
);
writeFigures('editor figures', rows, [table(['id', 'Loom', 'to reach', '', ...PEERS, 'what'], body)]);
