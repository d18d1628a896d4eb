/**
 * `npm run bench -- NAME... [--json] [--only ID,...] [--peers]`: runs `NAME.bench.ts`, all of them without a name. With
 * `--json` each row is a line of JSON. Ends with 1 when a limit is missed.
 */
import { readdirSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import type { Benchmark, BenchmarkOptions, Row } from './row.js';

const SUFFIX = '.bench.ts';
const folder = path.dirname(fileURLToPath(import.meta.url));

function inWords(row: Row): string {
  const head = `${row.ok ? 'ok    ' : 'MISSED'} ${row.id.padEnd(40)}`;
  if ('error' in row) return `${head} ${row.error}`;
  const limit = row.limit === undefined ? '' : `(limit ${row.limit}) `;
  return `${head} ${`${row.value} ${row.unit}`.padStart(14)} ${limit} ${row.against}`;
}

function currentLoad(): number {
  return Math.round((os.loadavg()[0] ?? 0) * 10) / 10;
}

function isWanted({ id }: Row, only: readonly string[]): boolean {
  const [measure = ''] = id.split('@');
  return only.length === 0 || only.some((name) => measure === name || measure.endsWith(`/${name}`));
}

async function run(names: readonly string[], json: boolean, options: BenchmarkOptions): Promise<boolean> {
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
    for await (const measured of await module.default(options)) {
      if (!isWanted(measured, options.only)) continue;
      const row = 'error' in measured ? measured : { ...measured, load: currentLoad() };
      console.log(json ? JSON.stringify(row) : inWords(row));
      ok &&= row.ok;
    }
  }
  return ok;
}

const { values, positionals } = parseArgs({
  options: { json: { type: 'boolean' }, peers: { type: 'boolean' }, only: { type: 'string' } },
  allowPositionals: true,
});
const only = values.only?.split(',').filter((id) => id !== '') ?? [];
try {
  const ok = await run(positionals, values.json === true, { only, peers: values.peers === true });
  process.exitCode = ok ? 0 : 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
