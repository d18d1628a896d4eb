import type { Json, JsonObject } from '../json.js';
import type { PortType } from '../port-type.js';

const SCHEMA_TYPES: Readonly<Record<string, string>> = {
  number: 'number',
  int: 'integer',
  string: 'string',
  bool: 'boolean',
  none: 'null',
};

/**
 * A port type in the words of a JSON Schema; what a schema cannot say is anything.
 *
 * @example
 * ```ts
 * portTypeSchema(parsePortType('list<int>')); // { type: 'array', items: { type: 'integer' } }
 * ```
 */
export function portTypeSchema(type: PortType): JsonObject {
  switch (type.kind) {
    case 'list':
      return { type: 'array', items: portTypeSchema(type.item) };
    case 'dict':
      return { type: 'object', additionalProperties: portTypeSchema(type.value) };
    case 'tuple':
      return { type: 'array', prefixItems: type.items.map(portTypeSchema), items: false, minItems: type.items.length };
    case 'literal':
      return { const: type.value };
    case 'union':
      return unionSchema(type.members);
    default:
      return Object.hasOwn(SCHEMA_TYPES, type.kind) ? { type: SCHEMA_TYPES[type.kind] ?? '' } : {};
  }
}

function unionSchema(members: readonly PortType[]): JsonObject {
  const choices = members.flatMap((member): Json[] =>
    member.kind === 'literal' ? [member.value] : member.kind === 'none' ? [null] : [],
  );
  if (choices.length === members.length) return { enum: choices };
  const schemas = members.map(portTypeSchema);
  const simple = schemas.flatMap(({ type, ...rest }) =>
    typeof type === 'string' && Object.keys(rest).length === 0 ? [type] : [],
  );
  return simple.length === schemas.length ? { type: simple } : { anyOf: schemas };
}
