import type { PortType } from '../port-type.js';
import { isClassWord, isVariableWord } from './names.js';

/**
 * Writes a port type as text, the form that documents hold and people read. {@link parsePortType} reads it back.
 *
 * @example
 * ```ts
 * formatPortType({ kind: 'list', item: { kind: 'number' } }); // 'list<number>'
 * ```
 */
export function formatPortType(type: PortType): string {
  return write(type, false);
}

function write(type: PortType, isForPeople: boolean): string {
  const part = (inner: PortType): string => write(inner, isForPeople);
  switch (type.kind) {
    case 'list':
    case 'stream':
      return `${type.kind}<${part(type.item)}>`;
    case 'dict':
      return `dict<${part(type.key)}, ${part(type.value)}>`;
    case 'tuple':
      return `tuple<${type.items.map(part).join(', ')}>`;
    case 'union':
      return type.members.length === 0 ? 'never' : type.members.map(part).join(' | ');
    case 'literal':
      return JSON.stringify(type.value);
    case 'class':
      return isForPeople || isClassWord(type.name) ? type.name : `class<${JSON.stringify(type.name)}>`;
    case 'variable':
      return isForPeople || isVariableWord(type.name) ? type.name : `var<${JSON.stringify(type.name)}>`;
    default:
      return type.kind;
  }
}

const longest = 80;

/**
 * Writes a port type for people: names are as they are, and long unions are cut. {@link parsePortType} may not read it back.
 *
 * @example
 * ```ts
 * describePortType({ kind: 'list', item: { kind: 'variable', name: 'Item' } }); // 'list<Item>'
 * ```
 */
export function describePortType(type: PortType): string {
  const text = write(type, true);
  return text.length <= longest ? text : `${text.slice(0, longest - 1)}…`;
}
