import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FuzzFailure, Subject } from './subject.js';

const folder = fileURLToPath(new URL('./cases/', import.meta.url));

/** A case that failed once, with what was wrong then. */
interface KeptCase<Case> {
  readonly problems: readonly string[];
  readonly one: Case;
}

/** Writes a case down so that tests check it again. Returns its path from the root. */
export function keepCase<Case>({ name }: Subject<Case>, { one, problems, seed, run }: FuzzFailure<Case>): string {
  const file = `${name}-${seed}-${run}.json`;
  const kept: KeptCase<Case> = { problems, one };
  writeFileSync(path.join(folder, file), `${JSON.stringify(kept, null, 2)}\n`);
  return `test/fuzz/cases/${file}`;
}

/** Every case of a subject that was kept, by the name of its file. */
export function keptCases<Case>({ name }: Subject<Case>): [file: string, one: Case][] {
  return readdirSync(folder)
    .filter((file) => file.startsWith(`${name}-`) && file.endsWith('.json'))
    .map((file) => [file, (JSON.parse(readFileSync(path.join(folder, file), 'utf8')) as KeptCase<Case>).one]);
}
