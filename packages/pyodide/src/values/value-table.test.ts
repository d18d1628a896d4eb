import { expect, it } from 'vitest';
import type { Session } from '../pool/session.js';
import { addCopy, innerOf } from './held-value.js';
import { ValueTable } from './value-table.js';

const session = (generation: number) => ({ generation }) as Session;
const [one, two] = [session(1), session(2)];

function table() {
  const values = new ValueTable('python');
  const held = (ref: ReturnType<ValueTable['add']>) => {
    const found = values.find(ref);
    if (!found) throw new Error('It is not held.');
    return found;
  };
  return { values, held };
}

it('handles carry the number of their worker, and only that worker has the value', () => {
  const { values, held } = table();
  const ref = values.add(two, 'v1', 8);
  expect(ref).toEqual({ executor: 'python', handle: '2:v1' });
  expect(values.inner(ref, two)).toBe('v1');
  expect(values.inner(ref, one)).toBe('lost');
  expect(innerOf(held(ref), one)).toBeUndefined();
  expect(values.find({ ...ref, executor: 'other' })).toBeUndefined();
});

it('letting a value go lets its copies go', () => {
  const { values, held } = table();
  const ref = values.add(one, 'v1');
  addCopy(held(ref), two, 'v9');
  expect([...values.release([ref, ref])]).toEqual([
    [one, ['v1']],
    [two, ['v9']],
  ]);
  expect(values.size).toBe(0);
});

it('a copy takes the place of a value whose worker ends', () => {
  const { values, held } = table();
  const [copied, alone, there] = [values.add(one, 'v1'), values.add(one, 'v2'), values.add(two, 'v1')];
  addCopy(held(copied), two, 'v9');
  expect(values.lose(one)).toEqual(['1:v2']);
  expect(values.find(alone)).toBeUndefined();
  expect(values.inner(copied, two)).toBe('v9');
  expect(values.bytesIn(one)).toBeUndefined();
  expect(values.lose(two)).toEqual(['1:v1', '2:v1']);
  expect(values.find(there)).toBeUndefined();
});
