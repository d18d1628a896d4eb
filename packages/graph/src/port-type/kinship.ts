import type { PortType } from '../port-type.js';

/** Whether JSON can say every value of this type, as far as the type tells. */
export function isJsonLike(type: PortType): boolean {
  switch (type.kind) {
    case 'list':
      return isJsonLike(type.item);
    case 'tuple':
      return type.items.every(isJsonLike);
    case 'union':
      return type.members.every(isJsonLike);
    case 'dict':
      return isText(type.key) && isJsonLike(type.value);
    case 'bytes':
    case 'file':
    case 'stream':
    case 'class':
      return false;
    default:
      return true;
  }
}

function isText(type: PortType): boolean {
  if (type.kind === 'union') return type.members.every(isText);
  if (type.kind === 'literal') return typeof type.value === 'string';
  return ['string', 'any', 'json', 'variable'].includes(type.kind);
}

/** The kind that a literal belongs to: what a variable stands for when it meets `"a"` is `string`. */
export function widenLiteral(type: PortType): PortType {
  if (type.kind !== 'literal') return type;
  if (type.value === null) return { kind: 'none' };
  if (typeof type.value === 'string') return { kind: 'string' };
  if (typeof type.value === 'boolean') return { kind: 'bool' };
  return { kind: Number.isInteger(type.value) ? 'int' : 'number' };
}
