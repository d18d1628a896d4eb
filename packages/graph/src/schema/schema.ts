import type { Json, JsonObject } from '../json.js';

/** A JSON Schema: an object, or what allows everything or nothing. */
export type Schema = JsonObject;

/** References that lead on to references are followed so often. */
const MOST_HOPS = 32;

/** A place in a schema that may be `true`, `false` or no schema at all. */
export function asSchema(value: Json | undefined): Schema {
  return isRecord(value) ? value : {};
}

export function isRecord(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An array in a schema; empty where there is none. */
export function listOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}

/**
 * A JSON Schema with what it refers to within its document, and with the parts that it asks for all together. What stands beside
 * a reference comes first; references out of the document are not followed.
 *
 * @example
 * ```ts
 * resolveSchema({ $ref: '#/$defs/a', title: 'Mine' }, { $defs: { a: { type: 'string' } } });
 * // { type: 'string', title: 'Mine' }
 * ```
 */
export function resolveSchema(schema: Schema, root: Schema): Schema {
  // The same object: what is remembered by it stays remembered.
  if (schema.$ref === undefined && schema.allOf === undefined) return schema;
  const { allOf, ...own } = referredTo(schema, root);
  if (!Array.isArray(allOf)) return allOf === undefined ? own : { ...own, allOf };
  // Parts of parts stay what they are: one may lead back to the whole.
  return allOf.reduce<Schema>((whole, part: Json) => joined(whole, referredTo(asSchema(part), root)), own);
}

function referredTo(schema: Schema, root: Schema): Schema {
  let current = schema;
  for (let hop = 0; typeof current.$ref === 'string' && hop < MOST_HOPS; hop++) {
    const { $ref: reference, ...beside } = current;
    // What stands beside a reference, such as another title, comes first.
    current = { ...asSchema(schemaAt(reference as string, root)), ...beside };
  }
  return current;
}

/** What a reference such as `#/$defs/point` leads to; nothing for those out of the document. */
export function schemaAt(reference: string, root: Schema): Json | undefined {
  if (reference !== '#' && !reference.startsWith('#/')) return undefined;
  const keys = reference
    .slice(2)
    .split('/')
    .filter((key, at) => key !== '' || at > 0)
    .map((key) => decoded(key).replaceAll('~1', '/').replaceAll('~0', '~'));
  let at: Json | undefined = root;
  for (const key of keys) {
    if (Array.isArray(at)) at = at[Number(key)];
    else at = isRecord(at) && Object.hasOwn(at, key) ? at[key] : undefined;
  }
  return at;
}

function decoded(key: string): string {
  try {
    return decodeURIComponent(key);
  } catch {
    // A stray percent sign stands for itself.
    return key;
  }
}

function joined(whole: Schema, part: Schema): Schema {
  const required = [...listOf(whole.required), ...listOf(part.required)];
  return {
    ...part,
    ...whole,
    properties: { ...asSchema(part.properties), ...asSchema(whole.properties) },
    ...(required.length > 0 && { required }),
  };
}

/**
 * The types that a JSON Schema allows; those that it only implies count too.
 *
 * @example
 * ```ts
 * schemaTypes({ properties: {} }); // ['object']
 * ```
 */
export function schemaTypes(schema: Schema): readonly string[] {
  const { type } = schema;
  if (typeof type === 'string') return [type];
  if (Array.isArray(type)) return type.filter((each) => typeof each === 'string');
  if (schema.properties !== undefined || schema.additionalProperties !== undefined) return ['object'];
  return schema.items !== undefined || schema.prefixItems !== undefined ? ['array'] : [];
}

/**
 * Whether a value is of a type as JSON Schemas name it.
 *
 * @example
 * ```ts
 * isOfSchemaType(1.5, 'integer'); // false
 * ```
 */
export function isOfSchemaType(value: Json, type: string): boolean {
  if (type === 'null') return value === null;
  if (type === 'array') return Array.isArray(value);
  if (type === 'object') return isRecord(value);
  return type === 'integer' ? Number.isInteger(value) : typeof value === type;
}
