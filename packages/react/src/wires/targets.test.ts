import { expect, test } from 'vitest';
import { createConnectionCheck } from '../canvas/connection-check.js';
import { createNodeModels } from '../canvas/node/node-model.js';
import { flowOf, library } from '../editor/fixture.js';
import { wireTargets } from './targets.js';

const at = (x: number, y = 0) => ({ x, y });
const document = flowOf(
  {
    one: { type: 'test/number', label: 'One', position: at(0) },
    far: { type: 'test/add', label: 'Far', position: at(2000) },
    near: { type: 'test/add', label: 'Near', position: at(300) },
    anything: { type: 'test/fail', label: 'Anything', position: at(100) },
    text: { type: 'test/text', label: 'Text', position: at(50) },
  },
  ['far.sum -> near.a'],
);

test('what fits comes first: the same type before any, free before taken, near before far', () => {
  const models = createNodeModels()({ document, library });
  const from = { node: 'one', port: 'value', side: 'source' } as const;
  const targets = wireTargets(models, createConnectionCheck({ document, library }, models, from));
  expect(targets.map(({ node, port, fits }) => `${node}.${port} ${fits}`)).toEqual([
    'near.b true',
    'far.a true',
    'far.b true',
    'near.a true',
    'anything.input true',
    'text.text false',
  ]);
});

test('from an input the outputs are offered; one that would close a circle does not fit', () => {
  const models = createNodeModels()({ document, library });
  const from = { node: 'far', port: 'a', side: 'target' } as const;
  const targets = wireTargets(models, createConnectionCheck({ document, library }, models, from));
  expect(targets.filter(({ fits }) => fits).map(({ node }) => node)).toEqual(['one', 'anything']);
  expect(targets.find(({ node }) => node === 'near')?.fits).toBe(false);
});
