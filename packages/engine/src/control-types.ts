import type { InputPort, NodeSettings, NodeType, OutputPort, PortType } from '@loom/graph';

const anything: PortType = { kind: 'variable', name: 'T' };

/** `branch`: a value goes one of two ways. */
export const branchType = control('branch', {
  title: 'Branch',
  description: 'Hands a value on at "True" or "False"; what hangs on the other is skipped.',
  inputs: [input('value', 'Value', anything), input('condition', 'Condition', { kind: 'bool' })],
  outputs: [output('true', 'True'), output('false', 'False')],
});

/** `switch`: a value goes one of many ways; the settings of the node name the cases. */
export const switchType = control('switch', {
  title: 'Switch',
  description: 'Hands a value on at the output of its case, or at "Default" when there is none.',
  inputs: [input('value', 'Value', anything), input('case', 'Case', caseOf())],
  outputs: [output('default', 'Default')],
  settings: { cases: ['a', 'b'] },
});

/** `merge`: goes on with what arrived. */
export const mergeType = control('merge', {
  title: 'Merge',
  description: 'Hands on the first of several values that arrived, as behind a branch.',
  inputs: [{ ...input('values', 'Values', anything), multiple: true }],
  outputs: [output('value', 'Value')],
  settings: { join: 'any' },
});

/** Node types that say which way values go. The engine performs them itself, wherever the values are. */
export const controlTypes: readonly NodeType[] = [
  branchType,
  switchType,
  mergeType,
  zone('for-each', 'For each', 'Runs its body for each item of a list.', { zone: { kind: 'for-each' } }),
  zone('while', 'While', 'Runs its body again as long as "Continue" is true.', { zone: { kind: 'while' } }),
  zone('repeat', 'Repeat', 'Runs its body so many times.', { zone: { kind: 'repeat' } }),
  zone('group', 'Group', 'Keeps nodes together.', { zone: { kind: 'group' } }),
];

function control(
  kind: 'branch' | 'switch' | 'merge',
  rest: Pick<NodeType, 'title' | 'description' | 'inputs' | 'outputs' | 'settings'>,
): NodeType {
  const implementation = { kind: 'control', control: kind, revision: '1' } as const;
  return { id: `loom/${kind}`, category: 'Control', version: 1, pure: true, problems: [], implementation, ...rest };
}

/** The ports of a zone follow from its settings. */
function zone(kind: string, title: string, description: string, settings: NodeSettings): NodeType {
  return {
    id: `loom/${kind}`,
    title,
    description,
    category: 'Control',
    version: 1,
    inputs: [],
    outputs: [],
    pure: false,
    settings,
    implementation: { kind: 'zone', revision: '1' },
    problems: [],
  };
}

function input(id: string, title: string, type: PortType): InputPort {
  return { id, title, type, required: true };
}

function output(id: string, title: string): OutputPort {
  return { id, title, type: anything };
}

function caseOf(): PortType {
  return { kind: 'union', members: [{ kind: 'string' }, { kind: 'number' }, { kind: 'bool' }] };
}
