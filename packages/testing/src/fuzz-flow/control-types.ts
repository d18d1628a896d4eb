import { type InputPort, type NodeType, type OutputPort, parsePortType, type Shelf } from '@loom/graph';

function input(id: string, type: string, rest: Partial<InputPort> = {}): InputPort {
  return { id, title: id, type: parsePortType(type), required: true, ...rest };
}

function outputs(...ids: readonly string[]): OutputPort[] {
  return ids.map((id) => ({ id, title: id, type: parsePortType('T') }));
}

function type(id: string, rest: Pick<NodeType, 'implementation'> & Partial<NodeType>): NodeType {
  return { id, title: id, version: 1, inputs: [], outputs: [], pure: true, problems: [], ...rest };
}

function control(name: 'branch' | 'switch' | 'merge'): NodeType['implementation'] {
  return { kind: 'control', control: name, revision: '1' };
}

/** Branches, zones and the like with the ports that the rules give them, for where the builtin shelf has none. */
export const controlShelf: Shelf = {
  name: 'control',
  types: [
    type('loom/branch', {
      inputs: [input('value', 'T'), input('condition', 'bool')],
      outputs: outputs('true', 'false'),
      implementation: control('branch'),
    }),
    type('loom/switch', {
      inputs: [input('value', 'T'), input('case', 'any')],
      outputs: outputs('default'),
      implementation: control('switch'),
    }),
    type('loom/merge', {
      inputs: [input('values', 'T', { multiple: true })],
      outputs: outputs('value'),
      settings: { join: 'any' },
      implementation: control('merge'),
    }),
    ...['loom/for-each', 'loom/while', 'loom/repeat', 'loom/group'].map((id) =>
      type(id, { implementation: { kind: 'zone', revision: '1' } }),
    ),
    type('loom/timer', {
      inputs: [input('intervalMs', 'number', { default: 1000, required: false })],
      outputs: [{ id: 'tick', title: 'tick', type: { kind: 'int' } }],
      implementation: { kind: 'event', source: 'timer', revision: '1' },
    }),
  ],
};
