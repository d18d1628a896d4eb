import { expect, it } from 'vitest';
import { Slices } from './slices.js';

/** Does something that takes a whole slice. */
function useUp(slices: Slices): void {
  const end = slices.end();
  while (performance.now() <= end);
}

/** Goes through so many steps, each as long as a slice, and waits for a turn between them. */
function worker(slices: Slices, name: string, steps: number, done: string[]): Promise<void> {
  return new Promise((resolve) => {
    const step = (left: number): void => {
      useUp(slices);
      done.push(name);
      if (left > 1) slices.afterTurn(() => step(left - 1));
      else resolve();
    };
    slices.afterTurn(() => step(steps));
  });
}

it('those who wait for a turn have it in order, also when one of them takes all of the time', async () => {
  const slices = new Slices();
  const done: string[] = [];
  await Promise.all(['a', 'b', 'c'].map((name) => worker(slices, name, 3, done)));
  expect(done.join('')).toBe('abcabcabc');
});
