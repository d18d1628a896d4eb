import { expect, test } from 'vitest';
import { zoneFlow, zoneLibrary } from '../../editor/zone-fixture.js';
import { createNodeModels } from './node-model.js';
import { firstOutput } from './shown-output.js';

test('a zone shows what it gives in the end, not what it gives to its body', () => {
  const model = createNodeModels()({ document: zoneFlow, library: zoneLibrary }).get('each');
  expect(model?.outputs.map(({ id }) => id)).toEqual(['item', 'index', 'result']);
  expect(model && firstOutput(model)).toBe('result');
});
