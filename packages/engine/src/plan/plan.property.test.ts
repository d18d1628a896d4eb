import * as fc from 'fast-check';
import { it } from 'vitest';
import { play, step } from './edit-and-run-fixture.js';

it('[P3] [P4] [N1] [N3] whatever is edited, undone and run, exactly what is out of date is computed', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 24 }), (steps) => play(steps)),
    { numRuns: 300 },
  );
});
