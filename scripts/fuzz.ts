/**
 * `npm run fuzz -- engine [--runs N] [--seed S] [--with a,b | --only a,b]`: random flows in the engine against the
 * reference interpreter, with features beside those that are ready, or only some. What fails is printed, as small as it
 * gets; with the ready features it is also kept in test/fuzz/cases, where `npm test` runs it again.
 */
import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { ALL_FEATURES, type FlowFeatures } from '@loom/testing';
import { keepCase } from '../test/fuzz/cases.js';
import { fuzzEngine } from '../test/fuzz/engine-fuzz.js';
import { READY_FEATURES } from '../test/fuzz/ready-features.js';

const SUBJECTS: Readonly<Record<string, typeof fuzzEngine>> = { engine: fuzzEngine };
const DEFAULT_RUNS = '1000';

async function fuzz(name: string, runs: number, seed: number, features: FlowFeatures): Promise<boolean> {
  const subject = Object.hasOwn(SUBJECTS, name) ? SUBJECTS[name] : undefined;
  if (!subject) {
    console.error(`Nothing to fuzz is called "${name}". There is: ${Object.keys(SUBJECTS).join(', ')}`);
    return false;
  }
  const start = performance.now();
  const failure = await subject(runs, seed, features);
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  if (!failure) {
    console.log(`ok      ${name}: ${runs} runs with seed ${seed} in ${seconds} s`);
    return true;
  }
  console.log(`FAILED  ${name}: run ${failure.runs} with seed ${seed} after ${seconds} s`);
  for (const problem of failure.problems) console.log(`        ${problem}`);
  console.log(JSON.stringify(failure.fuzzCase, null, 2));
  if (features === READY_FEATURES) console.log(`Kept as ${keepCase(name, seed, failure)}`);
  return false;
}

function featuresOf(added: string | undefined, only: string | undefined): FlowFeatures {
  const names = (only ?? added ?? '').split(',').filter((name) => name !== '');
  const unknown = names.filter((name) => !(name in ALL_FEATURES));
  if (unknown.length > 0) {
    const known = Object.keys(ALL_FEATURES).join(', ');
    throw new Error(`There is no feature ${unknown.join(', ')}. There are: ${known}`);
  }
  if (names.length === 0) return READY_FEATURES;
  const isOn = (name: string): boolean =>
    names.includes(name) || (only === undefined && READY_FEATURES[name as keyof FlowFeatures]);
  return Object.fromEntries(Object.keys(ALL_FEATURES).map((name) => [name, isOn(name)])) as unknown as FlowFeatures;
}

const { values, positionals } = parseArgs({
  options: {
    runs: { type: 'string', default: DEFAULT_RUNS },
    seed: { type: 'string' },
    with: { type: 'string' },
    only: { type: 'string' },
  },
  allowPositionals: true,
});
const seed = values.seed === undefined ? randomInt(2 ** 31) : Number(values.seed);
const features = featuresOf(values.with, values.only);
let ok = true;
for (const name of positionals.length > 0 ? positionals : Object.keys(SUBJECTS))
  ok = (await fuzz(name, Number(values.runs), seed, features)) && ok;
process.exitCode = ok ? 0 : 1;
