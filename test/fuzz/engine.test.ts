import { describe, expect, it } from 'vitest';
import { keptCases } from './cases.js';
import { engineSubject } from './engine-fuzz.js';
import { READY_FEATURES } from './ready-features.js';
import { reuseSubject } from './reuse-fuzz.js';
import { fuzz, type Subject } from './subject.js';

/** The same for ever: what passed once passes on any day. `npm run fuzz` takes another one each time. */
const SEED = 20_778;

function goesAsTheRulesSay<Case>(subject: Subject<Case>, runs: number): void {
  const kept = keptCases(subject);
  if (kept.length > 0) {
    it.each(kept)('where it failed once: %s', async (_file, one) => {
      expect(await subject.check(one, READY_FEATURES)).toEqual([]);
    });
  }
  it(`in ${runs} random cases (seed ${SEED}; more: npm run fuzz -- ${subject.name} --runs N)`, async () => {
    expect(await fuzz(subject, runs, SEED, READY_FEATURES)).toBeUndefined();
  }, 600_000);
}

describe('the run of a flow goes as the rules say', () => {
  goesAsTheRulesSay(engineSubject, 1000);
});

describe('the run of a part after an edit goes as the rules say', () => {
  goesAsTheRulesSay(reuseSubject, 300);
});
