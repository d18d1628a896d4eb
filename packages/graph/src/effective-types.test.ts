import { describe, expect, test } from 'vitest';
import { inputType, outputType, resolvePortTypes } from './effective-types.js';
import { apply, flow, library, node } from './fixture.js';
import { formatPortType } from './port-type/format.js';

function output(document: ReturnType<typeof flow>, id: string, port: string): string {
  return formatPortType(outputType(document, library, id, port));
}

describe('the variables of a node', () => {
  test('are bound by what comes in', () => {
    const document = flow({ list: 'ints', first: 'first' }, ['list.list -> first.list']);
    expect(resolvePortTypes(document, library, 'first')).toEqual(new Map([['T', { kind: 'int' }]]));
    expect(output(document, 'first', 'item')).toBe('int');
    expect(formatPortType(inputType(document, library, 'first', 'list'))).toBe('list<int>');
  });

  test('count as any where nothing binds them, and stay variables for inputs', () => {
    const document = flow({ first: 'first' });
    expect(output(document, 'first', 'item')).toBe('any');
    expect(formatPortType(inputType(document, library, 'first', 'list'))).toBe('list<T>');
  });

  test('widen over several inputs', () => {
    const document = flow({ i: 'int', n: 'number', same: 'same' }, ['i.out -> same.x', 'n.out -> same.y']);
    expect(output(document, 'same', 'out')).toBe('number');
  });

  test('are bound by literals, where no wire comes in', () => {
    expect(output(flow({ same: node('same', { inputs: { x: 3 } }) }), 'same', 'out')).toBe('int');
    expect(output(flow({ same: node('same', { inputs: { x: '3' } }) }), 'same', 'out')).toBe('string');
    expect(output(flow({ same: node('same', { inputs: { x: [3] } }) }), 'same', 'out')).toBe('any');
    const wired = flow({ t: 'text', same: node('same', { inputs: { x: 3 } }) }, ['t.out -> same.x']);
    expect(output(wired, 'same', 'out')).toBe('string');
  });

  test('come along a chain of 20,000 nodes without a stack', () => {
    const ids = Array.from({ length: 20_000 }, (_, index) => `n${index}`);
    const wires = ids.slice(1).map((id, index) => `${ids[index]}.out -> ${id}.x`);
    const document = flow({ i: 'int', ...Object.fromEntries(ids.map((id) => [id, 'same'])) }, [
      'i.out -> n0.x',
      ...wires,
    ]);
    expect(output(document, 'n19999', 'out')).toBe('int');
  });

  test('are found where wires go in a circle', () => {
    const document = flow({ a: 'same', b: 'same', i: 'int' }, ['a.out -> b.x', 'b.out -> a.x', 'i.out -> a.y']);
    expect(output(document, 'a', 'out')).toBe('int');
  });

  test('change with the wires', () => {
    const document = flow({ i: 'int', t: 'text', same: 'same' }, ['i.out -> same.x']);
    expect(output(document, 'same', 'out')).toBe('int');
    expect(output(apply(document, { kind: 'disconnect', ids: ['e0'] }), 'same', 'out')).toBe('any');
  });
});
