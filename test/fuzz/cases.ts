import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FuzzCase } from './check-case.js';
import type { FuzzFailure } from './engine-fuzz.js';

const folder = fileURLToPath(new URL('./cases/', import.meta.url));

/** A case that failed once, with what was wrong then. */
export interface KeptCase extends FuzzCase {
  readonly problems: readonly string[];
}

/** Writes a case down so that tests run it again. Returns its path from the root. */
export function keepCase(subject: string, seed: number, { fuzzCase, problems, runs }: FuzzFailure): string {
  const name = `${subject}-${seed}-${runs}.json`;
  const kept: KeptCase = { problems, ...fuzzCase };
  writeFileSync(path.join(folder, name), `${JSON.stringify(kept, null, 2)}\n`);
  return `test/fuzz/cases/${name}`;
}

/** Every case of a subject that was kept, by name. */
export function keptCases(subject: string): [name: string, kept: KeptCase][] {
  return readdirSync(folder)
    .filter((name) => name.startsWith(`${subject}-`) && name.endsWith('.json'))
    .map((name) => [name, JSON.parse(readFileSync(path.join(folder, name), 'utf8')) as KeptCase]);
}
