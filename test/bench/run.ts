/** `npm run bench -- NAME... [--json]`: runs `NAME.bench.ts`, all of them without a name. */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import type { Benchmark, Row } from './row.js';

const SUFFIX = '.bench.ts';
const folder = path.dirname(fileURLToPath(import.meta.url));

function print(row: Row, json: boolean): void {
  const value = `${row.value} ${row.unit}`.padStart(10);
  const line = `${row.ok ? 'ok    ' : 'MISSED'} ${row.id.padEnd(32)} ${value} (limit ${row.limit})  ${row.against}`;
  console.log(json ? JSON.stringify(row) : line);
}

async function run(names: readonly string[], json: boolean): Promise<boolean> {
  const known = readdirSync(folder)
    .filter((file) => file.endsWith(SUFFIX))
    .map((file) => file.slice(0, -SUFFIX.length));
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    console.error(`No benchmark named ${unknown.join(', ')}. There are: ${known.join(', ')}`);
    return false;
  }
  let ok = true;
  for (const name of names.length > 0 ? names : known) {
    const module = (await import(pathToFileURL(path.join(folder, name + SUFFIX)).href)) as { default: Benchmark };
    for (const row of await module.default()) {
      print(row, json);
      ok &&= row.ok;
    }
  }
  return ok;
}

const { values, positionals } = parseArgs({ options: { json: { type: 'boolean' } }, allowPositionals: true });
process.exitCode = (await run(positionals, values.json === true)) ? 0 : 1;
