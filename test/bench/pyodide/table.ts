/**
 * Writes the figures of a run into the page that shows them: `tsx test/bench/pyodide/table.ts FIGURES`, where FIGURES is
 * what `npm run bench -- pyodide --json` printed on the same machine.
 */
import { figureTable, readRows, writeFigures } from '../figures-page.js';

const [file] = process.argv.slice(2);
if (file === undefined) throw new Error('Which file? tsx test/bench/pyodide/table.ts FIGURES');
const rows = readRows(file);
writeFigures('pyodide', rows, [figureTable(rows)]);
