import type { NodeType, PortId } from '@loom/graph';

/** What a call gives: outputs that are not there were skipped. */
export type CallResult =
  | {
      readonly kind: 'outputs';
      readonly outputs: ReadonlyMap<PortId, unknown>;
      /** The streams among the outputs end with this error. */
      readonly brokenOff?: { readonly code?: string };
    }
  | { readonly kind: 'failed'; readonly code?: string };

type Inputs = ReadonlyMap<PortId, unknown>;

/** Routes a value as the control node says. */
export function route(type: NodeType, control: 'branch' | 'switch' | 'merge', inputs: Inputs): CallResult {
  switch (control) {
    case 'branch':
      return branch(inputs);
    case 'switch':
      return chooseCase(type, inputs);
    case 'merge':
      return merge(inputs);
  }
}

function branch(inputs: Inputs): CallResult {
  const condition = inputs.get('condition');
  if (typeof condition !== 'boolean') return { kind: 'failed', code: 'branch/not-a-bool' };
  return handOn(condition ? 'true' : 'false', inputs.get('value'));
}

function chooseCase(type: NodeType, inputs: Inputs): CallResult {
  const chosen = inputs.get('case');
  if (!['string', 'number', 'boolean'].includes(typeof chosen)) return { kind: 'failed', code: 'switch/not-a-case' };
  const port = type.outputs.some(({ id }) => id === String(chosen)) ? String(chosen) : 'default';
  return handOn(port, inputs.get('value'));
}

function merge(inputs: Inputs): CallResult {
  const values = inputs.get('values');
  if (!Array.isArray(values)) return { kind: 'failed' };
  return values.length > 0 ? handOn('value', values[0]) : { kind: 'outputs', outputs: new Map() };
}

function handOn(port: PortId, value: unknown): CallResult {
  return { kind: 'outputs', outputs: new Map([[port, value]]) };
}
