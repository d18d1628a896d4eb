import { expect, it } from 'vitest';
import { keptCases } from './cases.js';
import { checkCase } from './check-case.js';
import { fuzzEngine } from './engine-fuzz.js';
import { READY_FEATURES } from './ready-features.js';

/** Another one each day finds more than the same for ever; a failure prints it. */
const SEED = Math.floor(Date.now() / 86_400_000);
const RUNS = 1000;

it.each(keptCases('engine'))(
  'a case that failed once goes as the rules say: %s',
  async (_name, { problems: _was, ...kept }) => {
    expect(await checkCase(kept, READY_FEATURES)).toEqual([]);
  },
);

it(`${RUNS} random flows go as the rules say (seed ${SEED}; more: npm run fuzz -- engine --runs N)`, async () => {
  expect(await fuzzEngine(RUNS, SEED, READY_FEATURES)).toBeUndefined();
}, 120_000);
