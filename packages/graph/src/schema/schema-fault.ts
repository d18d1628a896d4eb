import type { Json } from '../json.js';
import { patternOf } from './formats.js';
import { RULES } from './rules.js';
import { asSchema, isRecord, listOf, type Schema, schemaAt } from './schema.js';

/** What is wrong with a value: where, by which keyword of the schema, what that asks for, and both as a sentence. */
export interface SchemaFault {
  /** Like `marks[3].x`; empty for the value itself. */
  readonly path: string;
  readonly keyword: string;
  readonly limit: string;
  readonly message: string;
}

/** A value is compared with so many parts of a schema; what is left then is taken as it is. Planning must not take seconds. */
const MOST_STEPS = 200_000;
/** Deeper values are taken as they are. */
const MOST_DEPTH = 200;

interface Check {
  readonly root: Schema;
  readonly path: string;
  readonly depth: number;
  readonly spent: { steps: number };
}

/**
 * The first thing that keeps a value from being what a JSON Schema describes; undefined when nothing does. Drafts 4 to 2020-12, except
 * for `unevaluatedItems`, `unevaluatedProperties` and references out of the schema: these allow anything, and so does what is beyond
 * 200 levels or 200,000 comparisons. Compiles no code and throws nothing.
 *
 * @example
 * ```ts
 * schemaFault({ width: -1 }, { properties: { width: { minimum: 0 } } });
 * // { path: 'width', keyword: 'minimum', limit: '0', message: 'At least 0.' }
 * ```
 */
export function schemaFault(value: Json, schema: Json, root: Schema = asSchema(schema)): SchemaFault | undefined {
  return check(value, schema, { root, path: '', depth: 0, spent: { steps: 0 } });
}

/**
 * What is wrong with a value itself by a JSON Schema, whatever its parts are: a form says what is wrong with these beside them.
 *
 * @example
 * ```ts
 * ownSchemaFault([], { minItems: 1, items: { type: 'number' } })?.message; // 'At least 1 entries.'
 * ```
 */
export function ownSchemaFault(value: Json, schema: Schema): SchemaFault | undefined {
  return ruleFault(value, schema, '');
}

function check(value: Json, schema: Json | undefined, at: Check): SchemaFault | undefined {
  at.spent.steps += 1;
  if (schema === false) return fault(at.path, 'false', '');
  if (!isRecord(schema) || at.depth > MOST_DEPTH || at.spent.steps > MOST_STEPS) return undefined;
  return (
    ruleFault(value, schema, at.path) ??
    (Array.isArray(value) ? itemsFault(value, schema, at) : undefined) ??
    (isRecord(value) ? propertiesFault(value, schema, at) : undefined) ??
    wholeFault(value, schema, { ...at, depth: at.depth + 1 })
  );
}

function ruleFault(value: Json, schema: Schema, path: string): SchemaFault | undefined {
  for (const keyword of Object.keys(RULES)) {
    const asked = schema[keyword];
    if (asked === undefined || RULES[keyword]?.(value, asked, schema)) continue;
    return fault(path, keyword, typeof asked === 'object' ? JSON.stringify(asked) : String(asked));
  }
  return undefined;
}

function itemsFault(value: readonly Json[], schema: Schema, at: Check): SchemaFault | undefined {
  const { prefixItems, items, additionalItems, contains } = schema;
  // Before 2020 `items` listed the places, and `additionalItems` was what comes after them.
  const places = Array.isArray(items) ? items : listOf(prefixItems);
  const rest = Array.isArray(items) ? additionalItems : items;
  for (const [index, item] of value.entries()) {
    const found = check(item, index < places.length ? places[index] : rest, within(at, `[${index}]`));
    if (found) return found;
  }
  if (contains === undefined) return undefined;
  const fitting = value.filter((item) => !check(item, contains, within(at, ''))).length;
  const { minContains: least = 1, maxContains: most = value.length } = schema;
  const isEnough = fitting >= Number(least) && fitting <= Number(most);
  return isEnough ? undefined : fault(at.path, 'contains', String(fitting < Number(least) ? least : most));
}

function propertiesFault(value: Readonly<Record<string, Json>>, schema: Schema, at: Check): SchemaFault | undefined {
  const properties = asSchema(schema.properties);
  const patterns = Object.entries(asSchema(schema.patternProperties)).map(
    ([pattern, part]) => [patternOf(pattern), part] as const,
  );
  const missing = [...listOf(schema.required), ...dependents(value, schema)].find(
    (key) => typeof key === 'string' && !Object.hasOwn(value, key),
  );
  if (typeof missing === 'string') return fault(pathTo(at.path, missing), 'required', missing);
  for (const [key, part] of Object.entries(value)) {
    const inner = within(at, key, true);
    if (check(key, schema.propertyNames, inner)) return fault(inner.path, 'propertyNames', key);
    const matching = patterns.filter(([pattern]) => pattern?.test(key)).map(([, asked]) => asked);
    const own = Object.hasOwn(properties, key) ? [properties[key]] : [];
    const isKnown = own.length + matching.length > 0;
    if (!isKnown && schema.additionalProperties === false) return fault(inner.path, 'additionalProperties', key);
    for (const asked of isKnown ? [...own, ...matching] : [schema.additionalProperties]) {
      const found = check(part, asked, inner);
      if (found) return found;
    }
  }
  return undefined;
}

/** What has to be there because something else is. */
function dependents(value: Readonly<Record<string, Json>>, schema: Schema): readonly Json[] {
  const rules = { ...asSchema(schema.dependencies), ...asSchema(schema.dependentRequired) };
  return Object.entries(rules).flatMap(([key, needed]) => (Object.hasOwn(value, key) ? listOf(needed) : []));
}

/** What other schemas say about the same value. */
function wholeFault(value: Json, schema: Schema, at: Check): SchemaFault | undefined {
  const { $ref: reference, allOf, anyOf, oneOf, not, if: condition } = schema;
  const also = [
    ...(typeof reference === 'string' ? [schemaAt(reference, at.root)] : []),
    ...listOf(allOf),
    ...(isRecord(value) ? dependentSchemas(value, schema) : []),
    ...(condition === undefined ? [] : [check(value, condition, at) ? schema.else : schema.then]),
  ];
  for (const part of also) {
    const found = check(value, part, at);
    if (found) return found;
  }
  if (not !== undefined && !check(value, not, at)) return fault(at.path, 'not', '');
  return branchFault(value, listOf(anyOf), 'anyOf', at) ?? branchFault(value, listOf(oneOf), 'oneOf', at);
}

function dependentSchemas(value: Readonly<Record<string, Json>>, schema: Schema): readonly Json[] {
  const rules = { ...asSchema(schema.dependencies), ...asSchema(schema.dependentSchemas) };
  return Object.entries(rules).flatMap(([key, part]) =>
    Object.hasOwn(value, key) && !Array.isArray(part) ? part : [],
  );
}

function branchFault(
  value: Json,
  branches: readonly Json[],
  keyword: 'anyOf' | 'oneOf',
  at: Check,
): SchemaFault | undefined {
  if (branches.length === 0) return undefined;
  const faults = branches.map((branch) => check(value, branch, at));
  const fitting = faults.filter((found) => found === undefined).length;
  if (fitting === 1 || (fitting > 1 && keyword === 'anyOf')) return undefined;
  if (fitting > 1) return fault(at.path, 'oneOf', String(fitting));
  // Of several forms the one that the value nearly has says best what is wrong with it.
  const near = faults.find(
    (found) => found && (found.path !== at.path || !/^(?:type|const|enum|false)$/.test(found.keyword)),
  );
  return near ?? fault(at.path, 'anyOf', '');
}

function within(at: Check, step: string, isKey = false): Check {
  return { ...at, path: isKey ? pathTo(at.path, step) : at.path + step, depth: at.depth + 1 };
}

function pathTo(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`;
}

function fault(path: string, keyword: string, limit: string): SchemaFault {
  return { path, keyword, limit, message: SENTENCES[keyword]?.(limit) ?? 'This is not what is asked for.' };
}

const SENTENCES: Readonly<Record<string, (limit: string) => string>> = {
  minLength: (limit) => `At least ${limit} characters.`,
  maxLength: (limit) => `At most ${limit} characters.`,
  pattern: () => 'This does not have the form that is asked for.',
  format: (limit) => `This is no ${limit}.`,
  multipleOf: (limit) => `A multiple of ${limit} is needed.`,
  minimum: (limit) => `At least ${limit}.`,
  maximum: (limit) => `At most ${limit}.`,
  exclusiveMinimum: (limit) => `More than ${limit}.`,
  exclusiveMaximum: (limit) => `Less than ${limit}.`,
  minItems: (limit) => `At least ${limit} entries.`,
  maxItems: (limit) => `At most ${limit} entries.`,
  uniqueItems: () => 'No entry may be there twice.',
  minProperties: (limit) => `At least ${limit} entries.`,
  maxProperties: (limit) => `At most ${limit} entries.`,
  required: () => 'A value is needed here.',
  additionalProperties: () => 'Nothing of this name is asked for.',
  enum: (limit) => `This is none of ${limit}.`,
  const: (limit) => `This must be ${limit}.`,
  type: (limit) => `This does not fit ${limit}.`,
  anyOf: () => 'This has none of the forms that are allowed.',
  oneOf: () => 'This has several of the forms of which one is allowed.',
};
