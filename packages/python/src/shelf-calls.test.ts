import { readFileSync } from 'node:fs';
import type { Json } from '@loom/graph';
import { beforeAll, describe, expect, it } from 'vitest';
import { chartCalls } from './chart-calls-fixture.js';
import { rowCalls } from './row-calls-fixture.js';
import { pythonShelf } from './shelf.js';
import { makeCalls } from './shelf-call-fixture.js';
import { valueCalls } from './value-calls-fixture.js';

const all = [...valueCalls, ...rowCalls, ...chartCalls];

describe('every node of the shelf computes what it says', () => {
  let results: Record<string, unknown>[];
  beforeAll(() => {
    results = makeCalls(all);
  });

  it.each(all.map(([name, inputs, expected], index) => ({ name, inputs: JSON.stringify(inputs), expected, index })))(
    '$name $inputs',
    ({ expected, index }) => {
      const isError = typeof expected === 'object' && expected !== null && 'error' in expected;
      expect(results[index]).toEqual(isError ? expected : { value: expected });
    },
  );
});

it('the penguins of the Palmer Archipelago have the published body mass', () => {
  const file = new URL('../../../node_modules/vega-datasets/data/penguins.json', import.meta.url);
  const rows = JSON.parse(readFileSync(file, 'utf8')) as Json;
  const mass = 'Body Mass (g)';
  expect(makeCalls([['group_by', { rows, by: 'Species', column: mass, how: 'mean' }, undefined]])).toEqual([
    {
      value: [
        { Species: 'Adelie', count: 151, mean: expect.closeTo(3700.66, 2) },
        { Species: 'Chinstrap', count: 68, mean: expect.closeTo(3733.09, 2) },
        { Species: 'Gentoo', count: 123, mean: expect.closeTo(5076.02, 2) },
      ],
    },
  ]);
});

it('every node is called by a test', () => {
  const called = new Set(all.map(([name]) => `python/${name}`));
  expect(pythonShelf.types.map(({ id }) => id).filter((id) => !called.has(id))).toEqual([]);
});
