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
  switch (type.kind) {
    case 'list':
    case 'stream':
      return `${type.kind}<${formatPortType(type.item)}>`;
    case 'dict':
      return `dict<${formatPortType(type.key)}, ${formatPortType(type.value)}>`;
    case 'tuple':
      return `tuple<${type.items.map(formatPortType).join(', ')}>`;
    case 'union':
      return type.members.length === 0 ? 'never' : type.members.map(formatPortType).join(' | ');
    case 'literal':
      return JSON.stringify(type.value);
    case 'class':
      return isClassWord(type.name) ? type.name : `class<${JSON.stringify(type.name)}>`;
    case 'variable':
      return isVariableWord(type.name) ? type.name : `var<${JSON.stringify(type.name)}>`;
    default:
      return type.kind;
  }
}

const longest = 80;

/** The text for a sentence: long unions are cut. */
export function describePortType(type: PortType): string {
  const text = formatPortType(type);
  return text.length <= longest ? text : `${text.slice(0, longest - 1)}…`;
}
