import { createHistory } from '@loom/graph';
import { expect, test } from 'vitest';
import { historyRows } from './history-rows.js';

const step = (label: string) => ({ label, change: { patches: [], inverse: [] } });

test('has what can be done again above what can be undone, and the beginning below', () => {
  // Of what was undone, the last of the list is next.
  const history = { ...createHistory(), past: [step('one'), step('two')], future: [step('four'), step('three')] };
  expect(historyRows(history)).toEqual([
    { steps: 2, label: 'four' },
    { steps: 1, label: 'three' },
    { steps: 0, label: 'two' },
    { steps: -1, label: 'one' },
    { steps: -2, label: undefined },
  ]);
});

test('nothing has changed: there is only now', () => {
  expect(historyRows(createHistory())).toEqual([{ steps: 0, label: undefined }]);
});
