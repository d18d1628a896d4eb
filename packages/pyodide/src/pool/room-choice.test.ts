import { describe, expect, it } from 'vitest';
import { chooseRoom, type PoolView, type WorkerView } from './room-choice.js';

/** `s` stands by, `e` is idle and empty, `v` idle with values, `b` busy; the digit says for how many seconds it has rested. */
function pool(letters: string, isWaiting = false): PoolView<WorkerView & { readonly name: string }> {
  const workers = letters
    .split(' ')
    .filter((name) => name !== '')
    .map((name) => ({
      name,
      state: name.startsWith('s') ? ('spare' as const) : name.startsWith('b') ? ('busy' as const) : ('idle' as const),
      hasValues: name.startsWith('v'),
      restMs: Number(name.slice(1)) * 1000,
    }));
  return { workers, isWaiting };
}

function chosen(most: number, own: number, others: readonly string[], waitedMs = 0): string {
  const choice = chooseRoom({ most, own, others: others.map((letters) => pool(letters)), waitedMs });
  return choice.kind === 'end' ? choice.worker.name : choice.kind;
}

describe('room for the first worker of a set', () => {
  it.each([
    ['is there below the limit', 4, ['e9 v9', 'b0'], 'free'],
    ['is that of one that stands by', 3, ['e9', 'b0 s0'], 's0'],
    ['is that of one without values, even where one worked not long ago', 3, ['v9', 'e1 e2'], 'e2'],
    ['is that of the one that has rested for longest, with its values', 2, ['v2', 'v3'], 'v3'],
    ['is that of one of several, although it was just used', 2, ['v0 b0'], 'v0'],
    ['is not that of the only one that was just used', 2, ['v0', 'e0'], 'wait'],
    ['is not that of one at work', 2, ['b0 b0'], 'wait'],
  ])('%s', (_name, most, others, expected) => {
    expect(chosen(most, 0, others)).toBe(expected);
  });

  it('is after a while also that of the only one that is used again and again', () => {
    expect(chosen(1, 0, ['v0'], 9_999)).toBe('wait');
    expect(chosen(1, 0, ['v0'], 10_000)).toBe('v0');
  });
});

describe('room for one more worker of a set', () => {
  it.each([
    ['is there below the limit', 3, ['b0'], 'free'],
    ['is that of one that stands by', 3, ['b0 s0'], 's0'],
    ['is that of one that has rested and has no values', 3, ['v9', 'e1'], 'e1'],
    ['is not that of one with values', 2, ['v9'], 'wait'],
    ['is not that of one that was just used, however long it takes', 2, ['e0'], 'wait'],
  ])('%s', (_name, most, others, expected) => {
    expect(chosen(most, 1, others, 60_000)).toBe(expected);
  });

  it('is not that of one that somebody waits for', () => {
    expect(chooseRoom({ most: 2, own: 1, others: [pool('e9', true)], waitedMs: 0 })).toEqual({ kind: 'wait' });
  });
});
