/**
 * `npm run fuzz -- engine [--runs N] [--seed S]`: random flows in the engine against the reference interpreter. What
 * fails is printed, as small as it gets, and kept in test/fuzz/cases, where `npm test` runs it again.
 */
import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { keepCase } from '../test/fuzz/cases.js';
import { fuzzEngine } from '../test/fuzz/engine-fuzz.js';
import { READY_FEATURES } from '../test/fuzz/ready-features.js';

const SUBJECTS: Readonly<Record<string, typeof fuzzEngine>> = { engine: fuzzEngine };
const DEFAULT_RUNS = '1000';

async function fuzz(name: string, runs: number, seed: number): Promise<boolean> {
  const subject = Object.hasOwn(SUBJECTS, name) ? SUBJECTS[name] : undefined;
  if (!subject) {
    console.error(`Nothing to fuzz is called "${name}". There is: ${Object.keys(SUBJECTS).join(', ')}`);
    return false;
  }
  const start = performance.now();
  const failure = await subject(runs, seed, READY_FEATURES);
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  if (!failure) {
    console.log(`ok      ${name}: ${runs} runs with seed ${seed} in ${seconds} s`);
    return true;
  }
  console.log(`FAILED  ${name}: run ${failure.runs} with seed ${seed} after ${seconds} s`);
  for (const problem of failure.problems) console.log(`        ${problem}`);
  console.log(JSON.stringify(failure.fuzzCase, null, 2));
  console.log(`Kept as ${keepCase(name, seed, failure)}`);
  return false;
}

const { values, positionals } = parseArgs({
  options: { runs: { type: 'string', default: DEFAULT_RUNS }, seed: { type: 'string' } },
  allowPositionals: true,
});
const seed = values.seed === undefined ? randomInt(2 ** 31) : Number(values.seed);
let ok = true;
for (const name of positionals.length > 0 ? positionals : Object.keys(SUBJECTS))
  ok = (await fuzz(name, Number(values.runs), seed)) && ok;
process.exitCode = ok ? 0 : 1;
