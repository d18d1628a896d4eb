import * as fc from 'fast-check';
import { it, vi } from 'vitest';
import { play, step } from './edit-and-run-fixture.js';

// Flows of a test are small: here they count as large all the same.
vi.mock('./large-runs.js', async (original) => {
  const own = await original<typeof import('./large-runs.js')>();
  return { ...own, LARGE_RUN: 3 };
});

it('[N1] likewise when the results of runs are kept as a whole', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 24 }), (steps) => play(steps)),
    { numRuns: 100 },
  );
});
