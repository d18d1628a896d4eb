import { expect, test } from 'vitest';
import { createLibrary } from './create-library.js';
import { apply, flow, library, node } from './fixture.js';
import { nodePorts } from './node-ports.js';

test('a node has the ports of its type', () => {
  const document = flow({ a: 'add', b: 'add' });
  const { inputs, outputs, type } = nodePorts(document, library, 'a');
  expect([inputs.map((port) => port.id), outputs.map((port) => port.id), type?.id]).toEqual([
    ['a', 'b'],
    ['sum'],
    'add',
  ]);
  expect(nodePorts(document, library, 'b')).toBe(nodePorts(document, library, 'a'));
});

test('a node of a missing type has a port for each literal and wire', () => {
  const document = flow({ a: 'number', x: node('nobody', { inputs: { level: 3 } }), b: 'add' }, [
    ...['a.out -> x.in', 'x.result -> b.a', 'x.result -> b.b'],
  ]);
  const ports = nodePorts(document, library, 'x');
  expect(ports).toEqual({
    inputs: ['level', 'in'].map((id) => ({ id, title: id, type: { kind: 'any' }, required: false, multiple: true })),
    outputs: [{ id: 'result', title: 'result', type: { kind: 'any' } }],
    type: undefined,
  });
  const moved = apply(document, { kind: 'move-nodes', positions: { a: { x: 1, y: 1 } } });
  expect(nodePorts(moved, library, 'x')).toBe(ports);
  const cut = apply(document, { kind: 'disconnect', ids: ['e0'] });
  expect(nodePorts(cut, library, 'x').inputs.map((port) => port.id)).toEqual(['level']);
});

test('a type that cannot be read here is a placeholder that tells its problem', () => {
  const document = flow({ x: node('py', { inputs: { n: 1 } }) }, [], { types: { py: { kind: 'python', source: '' } } });
  const { inputs, type } = nodePorts(document, createLibrary({}), 'x');
  expect(inputs.map((port) => port.id)).toEqual(['n']);
  expect(type).toMatchObject({ implementation: { kind: 'missing' }, problems: [{ severity: 'error' }] });
});

test('a node that does not exist has no ports', () => {
  expect(nodePorts(flow({}), library, 'constructor')).toEqual({ inputs: [], outputs: [], type: undefined });
});
