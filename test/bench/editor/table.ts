/**
 * Writes the figures of a run into the page that shows them: `tsx test/bench/editor/table.ts FIGURES`, where FIGURES is
 * what `npm run bench -- editor --json --peers` printed on the same machine.
 */
import { figureTable, readRows, writeFigures } from '../figures-page.js';

const PEERS = ['xyflow', 'xyflow-tuned', 'litegraph'];

const [file] = process.argv.slice(2);
if (file === undefined) throw new Error('Which file? tsx test/bench/editor/table.ts FIGURES');
const rows = readRows(file);
writeFigures('editor', rows, [figureTable(rows, PEERS)]);
