import { expect, test } from 'vitest';
import { zoneFlow, zoneLibrary } from '../editor/zone-fixture.js';
import type { Connecting } from '../store/session.js';
import { createConnectionCheck } from './connection-check.js';
import { createNodeModels } from './node/node-model.js';

const flow = { document: zoneFlow, library: zoneLibrary };
const models = createNodeModels()(flow);

/** The ports that light up while a wire is drawn from here. */
function fitting(connecting: Connecting): string[] {
  const check = createConnectionCheck(flow, models, connecting);
  return [...models.values()].flatMap((model) => [
    ...model.inputs
      .filter(({ id, type }) => check.fits(model.id, id, 'target', type))
      .map(({ id }) => `> ${model.id}.${id}`),
    ...model.outputs
      .filter(({ id, type }) => check.fits(model.id, id, 'source', type))
      .map(({ id }) => `< ${model.id}.${id}`),
  ]);
}

test('the inner ports of a zone light up for its body, and for the zone itself', () => {
  expect(fitting({ node: 'each', port: 'index', side: 'source' })).toEqual([
    '> each.result',
    '< each.index',
    '> add.a',
    '> add.b',
  ]);
});

test('what leaves a body ends at an inner input and nowhere else', () => {
  const fits = fitting({ node: 'add', port: 'sum', side: 'source' });
  expect(fits).toContain('< add.sum');
  expect(fits).not.toContain('> after.input');
  expect(fits).not.toContain('> add.b');
  const { edges } = zoneFlow;
  const { e3: _, ...others } = edges;
  const open = { ...flow, document: { ...zoneFlow, edges: others } };
  const check = createConnectionCheck(open, createNodeModels()(open), { node: 'add', port: 'sum', side: 'source' });
  expect(check.fits('each', 'result', 'target', { kind: 'any' })).toBe(true);
});

test('a wire from outside into a body lights up, and one back to what feeds the zone does not', () => {
  const fits = fitting({ node: 'each', port: 'result', side: 'source' });
  expect(fits).toContain('> after.input');
  expect(fits).not.toContain('> ten.value');
  expect(fits).not.toContain('> add.a');
});
