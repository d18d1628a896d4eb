/**
 * `npm run fuzz -- [engine | reuse] [--runs N] [--seed S] [--with a,b | --only a,b]`: random flows in the engine against
 * the reference interpreter, with features beside those that are ready, or only some. What fails is printed, as small as it
 * gets; with the ready features it is also kept in test/fuzz/cases, where `npm test` runs it again.
 */
import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { ALL_FEATURES, type FlowFeatures } from '@loom/testing';
import { keepCase } from '../test/fuzz/cases.js';
import { engineSubject } from '../test/fuzz/engine-fuzz.js';
import { READY_FEATURES } from '../test/fuzz/ready-features.js';
import { reuseSubject } from '../test/fuzz/reuse-fuzz.js';
import { fuzz, type Subject } from '../test/fuzz/subject.js';

const DEFAULT_RUNS = '1000';

/** Fuzzes one subject and tells how it went. */
async function tell<Case>(
  subject: Subject<Case>,
  runs: number,
  seed: number,
  features: FlowFeatures,
): Promise<boolean> {
  const { name } = subject;
  const start = performance.now();
  const failure = await fuzz(subject, runs, seed, features);
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  if (!failure) {
    console.log(`ok      ${name}: ${runs} cases with seed ${seed} in ${seconds} s`);
    return true;
  }
  console.log(`FAILED  ${name}: case ${failure.run} with seed ${seed} after ${seconds} s`);
  for (const problem of failure.problems) console.log(`        ${problem}`);
  console.log(JSON.stringify(failure.one, null, 2));
  if (features === READY_FEATURES) console.log(`Kept as ${keepCase(subject, failure)}`);
  return false;
}

const SUBJECTS: Readonly<Record<string, (runs: number, seed: number, features: FlowFeatures) => Promise<boolean>>> = {
  engine: (...how) => tell(engineSubject, ...how),
  reuse: (...how) => tell(reuseSubject, ...how),
};

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
const names = positionals.length > 0 ? positionals : Object.keys(SUBJECTS);
const unknown = names.filter((name) => !Object.hasOwn(SUBJECTS, name));
if (unknown.length > 0)
  console.error(`There is no ${unknown.join(', ')} to fuzz, but ${Object.keys(SUBJECTS).join(', ')}.`);
let ok = unknown.length === 0;
for (const name of names) ok = ((await SUBJECTS[name]?.(Number(values.runs), seed, features)) ?? false) && ok;
process.exitCode = ok ? 0 : 1;
