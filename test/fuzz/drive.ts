import type { Random } from './random.js';
import type { Turns } from './turns.js';

/**
 * A run counts as stuck when nothing at all happens for so many turns, and for so many real milliseconds: sources are loaded in
 * another thread, for which turns are too quick, and on a busy machine this one may have no turn for seconds.
 */
const STUCK_AFTER_TURNS = 20_000;
const STUCK_AFTER_MS = 10_000;
const TURNS_AFTERWARDS = 3;

/** Turns of one case in which something goes on. What lasts longer goes round in circles. */
const MOST_TURNS = 20_000;

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/**
 * Lets waiting work go on, turn by turn, until all is over. What comes too late goes on afterwards.
 *
 * @param step - Called before each turn with its number. Says whether all is over.
 */
export async function drive(turns: Turns, random: Random, step: (turn: number) => boolean): Promise<void> {
  let lastProgress = performance.now();
  let idle = 0;
  let busy = 0;
  for (let turn = 0; !step(turn); turn++) {
    if (turns.waiting > 0) {
      if (++busy > MOST_TURNS) throw new Error(`The run has not ended after ${MOST_TURNS} turns.`);
      lastProgress = performance.now();
      idle = 0;
      if (!random.once(6)) turns.release();
    } else if (++idle > STUCK_AFTER_TURNS && performance.now() - lastProgress > STUCK_AFTER_MS)
      throw new Error('The run is stuck: nothing waits, and it has not ended.');
    await nextTurn();
  }
  for (let turn = 0; turn < TURNS_AFTERWARDS; turn++) {
    turns.releaseAll();
    await nextTurn();
  }
}

/** Waits while everything may go on. */
export async function freely<T>(promise: Promise<T>, turns: Turns): Promise<T> {
  const hasEnded = whetherEnded(promise);
  while (!hasEnded()) {
    turns.releaseAll();
    await nextTurn();
  }
  return promise;
}

/** Whether a promise has settled by now. */
export function whetherEnded(promise: Promise<unknown>): () => boolean {
  let hasEnded = false;
  const end = (): void => {
    hasEnded = true;
  };
  promise.then(end, end);
  return () => hasEnded;
}
