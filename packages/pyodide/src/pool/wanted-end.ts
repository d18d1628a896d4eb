import { LoomError } from '@loom/graph';

const GIVEN_UP = 'executor/given-up';
const RECYCLED = 'executor/recycled';

/** Why workers are ended that did not fail: their code was cancelled, they were old, or others needed their place. */
const WANTED: ReadonlySet<string> = new Set(['executor/cancelled', RECYCLED, GIVEN_UP]);

/** Whether a worker was ended on purpose. */
export function isWanted({ code }: LoomError): boolean {
  return WANTED.has(code);
}

/** Whether a worker was ended for another set of packages, so that none comes in its place. */
export function isGivenUp({ code }: LoomError): boolean {
  return code === GIVEN_UP;
}

/** Ends a worker that is worn. */
export function recycled(): LoomError {
  return new LoomError(RECYCLED, 'Its memory had grown; another worker takes its place.');
}

/** Ends a worker for another set of packages. */
export function givenUp(): LoomError {
  return new LoomError(
    GIVEN_UP,
    'This worker had nothing to do, and its place was needed for one with other packages. Raise maxWorkers to keep both.',
  );
}
