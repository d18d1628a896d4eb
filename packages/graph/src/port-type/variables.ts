import type { PortType } from '../port-type.js';

/** What the type variables of one node stand for, by name. */
export type Bindings = ReadonlyMap<string, PortType>;

/** No variable is bound. */
export const noBindings: Bindings = new Map();

const known = new WeakMap<PortType, boolean>();

/** Whether a type variable occurs anywhere in this type. Remembered by identity: it is asked on every hover. */
export function hasVariables(type: PortType): boolean {
  if (type.kind === 'variable') return true;
  const parts = partsOf(type);
  if (parts.length === 0) return false;
  let answer = known.get(type);
  if (answer === undefined) {
    answer = parts.some(hasVariables);
    known.set(type, answer);
  }
  return answer;
}

/**
 * Puts what is bound in the place of variables; a variable that is not bound becomes `unbound`, or stays.
 *
 * @example
 * ```ts
 * substitute(output.type, resolvePortTypes(document, library, 'first'));
 * ```
 */
export function substitute(type: PortType, bindings: Bindings, unbound?: PortType): PortType {
  if (!hasVariables(type)) return type;
  const replace = (part: PortType): PortType => substitute(part, bindings, unbound);
  switch (type.kind) {
    case 'variable':
      return bindings.get(type.name) ?? unbound ?? type;
    case 'list':
    case 'stream':
      return { kind: type.kind, item: replace(type.item) };
    case 'dict':
      return { kind: 'dict', key: replace(type.key), value: replace(type.value) };
    case 'tuple':
      return { kind: 'tuple', items: type.items.map(replace) };
    case 'union':
      return { kind: 'union', members: type.members.map(replace) };
    default:
      return type;
  }
}

function partsOf(type: PortType): readonly PortType[] {
  switch (type.kind) {
    case 'list':
    case 'stream':
      return [type.item];
    case 'dict':
      return [type.key, type.value];
    case 'tuple':
      return type.items;
    case 'union':
      return type.members;
    default:
      return [];
  }
}
