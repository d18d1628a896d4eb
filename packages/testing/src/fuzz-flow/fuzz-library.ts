import { builtinShelf, defineNode } from '@loom/engine';
import { createLibrary, type Library, type NodeType, type TypeId } from '@loom/graph';
import type { CallFunction } from '../reference/rules.js';
import { ItemStream } from '../reference/token.js';
import { type Behaviour, type BehaviourName, behaviours, type Given, MeantToFail } from './behaviour.js';
import { controlShelf } from './control-types.js';

/** How a function of a fuzz flow is performed: at once, later, by another executor, or from a source in the flow. */
export type Manner = 'now' | 'later' | 'away' | 'written';

/** Performs a behaviour in a manner; what it gives goes to the engine. */
export type Perform = (manner: Manner, behaviour: Behaviour, inputs: Given, signal: AbortSignal) => unknown;

const ON_SHELF: readonly Manner[] = ['now', 'later', 'away'];

export function typeIdOf(manner: Manner, name: BehaviourName): TypeId {
  return `${manner}/${name}`;
}

/** The behaviour of a type of fuzz flows, with its manner. */
export function behaviourOf(id: TypeId): { readonly manner: Manner; readonly behaviour: Behaviour } | undefined {
  const [manner = '', name = ''] = id.split('/');
  if (![...ON_SHELF, 'written'].includes(manner) || !Object.hasOwn(behaviours, name)) return undefined;
  return { manner: manner as Manner, behaviour: behaviours[name as BehaviourName] };
}

/** Every behaviour in every manner, with branches and zones. */
export function fuzzLibrary(perform: Perform): Library {
  const types = ON_SHELF.flatMap((manner) =>
    (Object.keys(behaviours) as BehaviourName[]).map((name) => fuzzType(manner, name, perform)),
  );
  return createLibrary({ shelves: [builtinShelf, controlShelf, { name: 'fuzz', types }] });
}

function fuzzType(manner: Manner, name: BehaviourName, perform: Perform): NodeType {
  const behaviour: Behaviour = behaviours[name];
  const { inputs, outputs, pure = false } = behaviour;
  const id = typeIdOf(manner, name);
  const type = defineNode({
    id,
    inputs,
    outputs,
    pure,
    run: (given, { signal }) => perform(manner, behaviour, given, signal) as never,
  });
  if (manner !== 'away') return type;
  const implementation = { kind: 'source', language: 'python', source: name, entry: name, revision: id } as const;
  return { ...type, implementation: { ...implementation, returns: 'mapping' } };
}

/** The functions of fuzz flows without an engine around them. */
export const callBehaviour: CallFunction = (type, inputs) => {
  const found = behaviourOf(type.id);
  if (!found) throw new RangeError(`"${type.id}" is no type of fuzz flows.`);
  try {
    const outputs = new Map(Object.entries(found.behaviour.behave(Object.fromEntries(inputs))));
    const breaksOff = [...outputs.values()].some((value) => value instanceof ItemStream && value.failure);
    return { kind: 'outputs', outputs, ...(breaksOff && { brokenOff: { code: failureCode(found.manner) } }) };
  } catch (thrown) {
    if (thrown instanceof MeantToFail) return { kind: 'failed', code: failureCode(found.manner) };
    throw thrown;
  }
};

/** The code of a node that fails as it is meant to. */
export function failureCode(manner: Manner): string {
  return manner === 'away' ? 'python/exception' : 'javascript/exception';
}
