import type { PortType } from '../port-type.js';

/**
 * Whether two port types mean the same. The order of a union does not matter, and a union of one is its member.
 *
 * @example
 * ```ts
 * const isSame = portTypesEqual(input.type, output.type);
 * ```
 */
export function portTypesEqual(a: PortType, b: PortType): boolean {
  if (a === b) return true;
  if (a.kind === 'union' || b.kind === 'union') {
    const left = flatMembers(a);
    const right = flatMembers(b);
    return isWithin(left, right) && isWithin(right, left);
  }
  if (a.kind === 'list' || a.kind === 'stream') return b.kind === a.kind && portTypesEqual(a.item, b.item);
  if (a.kind === 'dict') return b.kind === 'dict' && portTypesEqual(a.key, b.key) && portTypesEqual(a.value, b.value);
  if (a.kind === 'tuple') return b.kind === 'tuple' && sameItems(a.items, b.items);
  if (a.kind === 'literal') return b.kind === 'literal' && a.value === b.value;
  if (a.kind === 'class' || a.kind === 'variable') return b.kind === a.kind && a.name === b.name;
  return a.kind === b.kind;
}

/** The members of a union, nested ones included; any other type is its own only member. */
export function flatMembers(type: PortType): readonly PortType[] {
  return type.kind === 'union' ? type.members.flatMap(flatMembers) : [type];
}

function isWithin(some: readonly PortType[], all: readonly PortType[]): boolean {
  return some.every((member) => all.some((other) => portTypesEqual(member, other)));
}

function sameItems(a: readonly PortType[], b: readonly PortType[]): boolean {
  return a.length === b.length && a.every((item, index) => portTypesEqual(item, b[index] ?? { kind: 'any' }));
}
