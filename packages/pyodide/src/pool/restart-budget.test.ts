import { LoomError } from '@loom/graph';
import { expect, it } from 'vitest';
import { nextRestart, RestartBudget } from './restart-budget.js';

it.each([
  [0, 0],
  [1, 0],
  [2, 500],
  [3, 1000],
  [4, undefined],
  [100, undefined],
])('after %i recent deaths the next restart waits %s ms', (deaths, wait) => {
  expect(nextRestart({ limit: 3, windowMs: 60_000, backOffMs: 500 }, deaths)).toBe(wait);
});

it('a budget that is spent says why, and names the ways out', () => {
  const budget = new RestartBudget({ limit: 1, windowMs: 60_000, backOffMs: 1 });
  const death = new LoomError('python/fatal', 'Python ran out of stack.');
  expect(budget.spend(death)).toBe(0);
  expect(budget.exhausted).toBeUndefined();
  expect(budget.spend(death)).toBeUndefined();
  expect(budget.exhausted).toMatchObject({
    code: 'executor/restarts-exhausted',
    message:
      'Python ended 2 times in a short while and is not started again by itself. Mend the node that ends it, then start ' +
      'Python again (executor.start()) or run after 60 s. The last reason: Python ran out of stack.',
    cause: death,
  });
  budget.reset();
  expect(budget.exhausted).toBeUndefined();
});
