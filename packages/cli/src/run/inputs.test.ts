import { createLibrary, load } from '@loom/graph';
import { describe, expect, it } from 'vitest';
import { withInputs } from './inputs.js';

const library = createLibrary({});
const { document } = load({
  loom: 1,
  nodes: { a: { type: 'greet', position: { x: 0, y: 0 }, inputs: { times: 1 } } },
  types: {
    greet: {
      kind: 'javascript',
      source: 'export default () => ({})',
      inputs: { name: { type: 'string' }, times: { type: 'int' }, data: { type: 'json' } },
    },
  },
  inputs: { who: { node: 'a', port: 'name' } },
});

describe('withInputs', () => {
  it.each([
    ['who', '007', { name: '007', times: 1 }],
    ['a.name', '', { name: '', times: 1 }],
    ['a.times', '0', { times: 0 }],
    ['a.data', '[1, null]', { times: 1, data: [1, null] }],
    ['a.data', 'plain words', { times: 1, data: 'plain words' }],
  ])('sets %s to %s', (name, text, inputs) => {
    expect(withInputs(document, library, [{ name, text }]).nodes.a?.inputs).toEqual(inputs);
  });

  it('refuses a value for an input that a wire leads to', () => {
    const { document: wired } = load({
      ...document,
      nodes: { ...document.nodes, b: { type: 'greet', position: { x: 0, y: 0 } } },
      types: { greet: { ...document.types.greet, outputs: { out: { type: 'string' } } } },
      edges: { e: { source: 'b', sourcePort: 'out', target: 'a', targetPort: 'name' } },
    });
    expect(() => withInputs(wired, library, [{ name: 'who', text: 'x' }])).toThrow('a wire leads to that input');
  });

  it.each([
    ['nobody', '1', 'no input "nobody". Its inputs are who'],
    ['a.none', '1', 'no input "a.none"'],
    ['a.times', 'many', 'wants int as JSON, not "many"'],
    ['__proto__', '1', 'no input "__proto__"'],
  ])('refuses %s=%s', (name, text, message) => {
    expect(() => withInputs(document, library, [{ name, text }])).toThrow(message);
  });
});
