import type { Json, JsonObject } from '@loom/graph';
import { resolveSchema, type Schema, schemaTypes } from '@loom/graph/schema';

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

/** What a schema calls itself, else a name made readable: `line_width` is `Line width`. */
export function titleOf(schema: Schema, name: string): string {
  if (typeof schema.title === 'string') return schema.title;
  const words = name.replaceAll('_', ' ').trim();
  return words === '' ? name : words.charAt(0).toUpperCase() + words.slice(1);
}

/** The value that something new begins with: what the schema says, else the least that its type allows. */
export function initialValue(schema: Schema, root: Schema, depth = 0): Json {
  const own = resolveSchema(schema, root);
  if (own.default !== undefined) return own.default;
  if (own.const !== undefined) return own.const;
  const [choice] = listOf(own.enum);
  if (choice !== undefined) return choice;
  const [branch] = [...listOf(own.oneOf), ...listOf(own.anyOf)];
  if (branch !== undefined && depth < MOST_HOPS) return initialValue(asSchema(branch), root, depth + 1);
  switch (schemaTypes(own)[0]) {
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
      const own = resolveSchema(asSchema(property), root);
      const says = own.default !== undefined || own.const !== undefined || schemaTypes(own)[0] === 'object';
      return says ? [[key, initialValue(own, root, depth + 1)]] : [];
    }),
  );
}
