import { expect, it } from 'vitest';
import { python } from '../../test/python-programs.js';
import { Definitions } from './definitions.js';
import { runtimeDefinition } from './runtime-definition.js';

const definition = (revision: string, source = 'def f():\n    return 1\n') =>
  runtimeDefinition(python('f', source, { revision }));
const batchOf = (...revisions: string[]) => ({
  id: 'b',
  tasks: revisions.map((revision, index) => ({ id: `${index}`, nodeId: 'n', typeId: 'f', revision, inputs: {} })),
});

it('a batch needs each definition once, in its own revision', () => {
  const definitions = new Definitions();
  definitions.add(definition('1'));
  definitions.add(definition('2'));
  expect(definitions.neededBy(batchOf('1', '1', 'unknown')).map((each) => each.revision)).toEqual(['1']);
});

it('defining the same again changes nothing, so that no worker is told again', () => {
  const definitions = new Definitions();
  definitions.add(definition('1'));
  const [before] = definitions.neededBy(batchOf('1'));
  definitions.add(definition('1'));
  expect(definitions.neededBy(batchOf('1'))[0]).toBe(before);
});

it('old revisions are let go', () => {
  const definitions = new Definitions();
  for (let i = 0; i < 100; i++) definitions.add(definition(`${i}`));
  const kept = definitions.neededBy(batchOf(...Array.from({ length: 100 }, (_, i) => `${i}`)));
  expect(kept.map((each) => each.revision)).toEqual(Array.from({ length: 16 }, (_, i) => `${i + 84}`));
});

it('a type that is not Python is refused by name', () => {
  const javascript = {
    ...python('f', ''),
    implementation: { ...python('f', '').implementation, language: 'javascript' },
  };
  expect(() => runtimeDefinition(javascript as never)).toThrow('"f" is not written in Python');
});
