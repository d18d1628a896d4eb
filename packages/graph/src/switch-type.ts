import type { NodeType, OutputPort } from './node-type.js';

const known = new WeakMap<readonly string[], WeakMap<NodeType, NodeType>>();

/** A switch with an output for each case; the outputs of the type itself (`default`) come last. */
export function switchType(type: NodeType, cases: readonly string[] | undefined): NodeType {
  if (!cases || cases.length === 0) return type;
  const ofTypes = known.get(cases) ?? new WeakMap<NodeType, NodeType>();
  known.set(cases, ofTypes);
  const found = ofTypes.get(type);
  if (found) return found;
  const [rest] = type.outputs;
  const taken = new Set(type.outputs.map(({ id }) => id));
  const outputs: OutputPort[] = [];
  for (const id of cases) {
    if (taken.has(id)) continue;
    taken.add(id);
    outputs.push({ id, title: id, type: rest?.type ?? { kind: 'any' } });
  }
  const made: NodeType = { ...type, outputs: [...outputs, ...type.outputs] };
  ofTypes.set(type, made);
  return made;
}
