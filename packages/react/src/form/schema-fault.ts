import { type Schema as CheckedSchema, type OutputUnit, type SchemaDraft, Validator } from '@cfworker/json-schema';
import type { Json } from '@loom/graph';
import { isRecord, type Schema } from './schema.js';

/** What a value does wrong: the keyword of the schema, what that keyword asks for, and both as a sentence. */
export interface SchemaFault {
  readonly keyword: string;
  readonly limit: string;
  readonly sentence: string;
}

/** What its parts do wrong is said at the parts. */
const ABOUT_PARTS = new Set([
  ...['properties', 'patternProperties', 'additionalProperties', 'required', 'dependentSchemas', 'dependencies'],
  ...['items', 'prefixItems', 'additionalItems', 'contains', 'unevaluatedProperties', 'unevaluatedItems'],
  ...['oneOf', 'anyOf', 'allOf', '$ref', '$dynamicRef', '$recursiveRef', 'if', 'then', 'else'],
]);
const ROOT = 'loom:form';
/** Stands for the keyword where the schema itself is wrong. */
const BROKEN = 'schema';
/** Larger values are not checked while one types. */
const MOST_CHECKED = 200_000;

/** Whether a value has the form that a part of a schema asks for. */
export function isValid(value: Json, schema: Schema, root: Schema): boolean {
  return errorsOf(value, schema, root).length === 0;
}

/** What is wrong with a value itself; undefined when that is nothing, or when only its parts are wrong. */
export function schemaFault(value: Json, schema: Schema, root: Schema): SchemaFault | undefined {
  const found = errorsOf(value, schema, root).find(
    ({ instanceLocation, keyword }) =>
      instanceLocation === '#' && (keyword === BROKEN || (Object.hasOwn(schema, keyword) && !ABOUT_PARTS.has(keyword))),
  );
  if (found === undefined) return undefined;
  const { keyword, error } = found;
  const asked = schema[keyword];
  const limit = typeof asked === 'object' ? JSON.stringify(asked) : String(asked ?? '');
  return { keyword, limit, sentence: sentenceFor(keyword, limit) ?? error };
}

/** What people are told; undefined where the validator says it well enough. */
function sentenceFor(keyword: string, limit: string): string | undefined {
  const sentences: Readonly<Record<string, string>> = {
    minLength: `At least ${limit} characters.`,
    maxLength: `At most ${limit} characters.`,
    pattern: 'This does not have the form that is asked for.',
    format: `This is no ${limit}.`,
    multipleOf: `A multiple of ${limit} is needed.`,
    minimum: `At least ${limit}.`,
    maximum: `At most ${limit}.`,
    exclusiveMinimum: `More than ${limit}.`,
    exclusiveMaximum: `Less than ${limit}.`,
    minItems: `At least ${limit} entries.`,
    maxItems: `At most ${limit} entries.`,
    uniqueItems: 'No entry may be there twice.',
    const: `This must be ${limit}.`,
    type: `This does not fit ${limit}.`,
  };
  return Object.hasOwn(sentences, keyword) ? sentences[keyword] : undefined;
}

function errorsOf(value: Json, schema: Schema, root: Schema): readonly OutputUnit[] {
  if (JSON.stringify(value).length > MOST_CHECKED) return [];
  try {
    const validator = new Validator(withRoot(schema) as CheckedSchema, draftOf(root), false);
    // The validator writes into what it is given.
    validator.addSchema(structuredClone(root) as CheckedSchema, ROOT);
    return validator.validate(value).errors;
  } catch (error) {
    // A schema can be wrong as well: a pattern that is none, a reference that leads nowhere.
    const reason = error instanceof Error ? error.message : String(error);
    return [{ keyword: BROKEN, keywordLocation: '#', instanceLocation: '#', error: reason }];
  }
}

/** A part of a schema on its own, whose references still lead into the whole. */
function withRoot(part: Json): Json {
  if (Array.isArray(part)) return part.map(withRoot);
  if (!isRecord(part)) return part;
  return Object.fromEntries(
    Object.entries(part).map(([key, inner]) =>
      key === '$ref' && typeof inner === 'string' && inner.startsWith('#')
        ? [key, ROOT + inner]
        : [key, withRoot(inner)],
    ),
  );
}

function draftOf({ $schema }: Schema): SchemaDraft {
  const [draft = '2020-12'] = /draft-0?[47]|2019-09/.exec(String($schema ?? '')) ?? [];
  return draft.replace(/draft-0?/, '') as SchemaDraft;
}
