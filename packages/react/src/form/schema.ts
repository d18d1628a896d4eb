import type { Json, JsonObject } from '@loom/graph';

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

/** A schema with what it refers to within its document, and with the parts that it asks for all together. */
export function resolved(schema: Schema, root: Schema): Schema {
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
    current = { ...asSchema(valueAt(reference as string, root)), ...beside };
  }
  return current;
}

/** What a reference such as `#/$defs/point` leads to; nothing for those out of the document. */
function valueAt(reference: string, root: Schema): Json | undefined {
  if (reference !== '#' && !reference.startsWith('#/')) return undefined;
  const keys = reference
    .slice(2)
    .split('/')
    .filter((key, at) => key !== '' || at > 0)
    .map((key) => decodeURIComponent(key).replaceAll('~1', '/').replaceAll('~0', '~'));
  let at: Json | undefined = root;
  for (const key of keys) {
    if (Array.isArray(at)) at = at[Number(key)];
    else at = isRecord(at) && Object.hasOwn(at, key) ? at[key] : undefined;
  }
  return at;
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

/** An array in a schema; empty where there is none. */
export function listOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}

/** What a schema calls itself, else a name made readable: `line_width` is `Line width`. */
export function titleOf(schema: Schema, name: string): string {
  if (typeof schema.title === 'string') return schema.title;
  const words = name.replaceAll('_', ' ').trim();
  return words === '' ? name : words.charAt(0).toUpperCase() + words.slice(1);
}

/** The value that something new begins with: what the schema says, else the least that its type allows. */
export function initialValue(schema: Schema, root: Schema, depth = 0): Json {
  const own = resolved(schema, root);
  if (own.default !== undefined) return own.default;
  if (own.const !== undefined) return own.const;
  const [choice] = listOf(own.enum);
  if (choice !== undefined) return choice;
  const [branch] = [...listOf(own.oneOf), ...listOf(own.anyOf)];
  if (branch !== undefined && depth < MOST_HOPS) return initialValue(asSchema(branch), root, depth + 1);
  switch (typesOf(own)[0]) {
    case 'string':
      return '';
    case 'number':
    case 'integer':
      return typeof own.minimum === 'number' ? own.minimum : 0;
    case 'boolean':
      return false;
    case 'array':
      return [];
    case 'object':
      return initialObject(own, root, depth);
    default:
      return null;
  }
}

/** What is required and says itself what it is. Everything else is left for people to say. */
function initialObject(schema: Schema, root: Schema, depth: number): JsonObject {
  const properties = asSchema(schema.properties);
  return Object.fromEntries(
    listOf(schema.required).flatMap((key): [string, Json][] => {
      const property = typeof key === 'string' ? properties[key] : undefined;
      if (typeof key !== 'string' || property === undefined || depth >= MOST_HOPS) return [];
      const own = resolved(asSchema(property), root);
      const says = own.default !== undefined || own.const !== undefined || typesOf(own)[0] === 'object';
      return says ? [[key, initialValue(own, root, depth + 1)]] : [];
    }),
  );
}

/** The types that a schema allows; those that it only implies count too. */
export function typesOf(schema: Schema): readonly string[] {
  const { type } = schema;
  if (typeof type === 'string') return [type];
  if (Array.isArray(type)) return type.filter((each) => typeof each === 'string');
  if (schema.properties !== undefined || schema.additionalProperties !== undefined) return ['object'];
  return schema.items !== undefined || schema.prefixItems !== undefined ? ['array'] : [];
}
