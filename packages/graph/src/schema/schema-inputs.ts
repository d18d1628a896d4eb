import type { PortId } from '../id.js';
import type { Json, JsonObject } from '../json.js';
import type { Widget } from '../node-type.js';
import { formatPortType } from '../port-type/format.js';
import type { PortType } from '../port-type.js';
import { titleOfName } from '../title.js';
import { asSchema, listOf, resolveSchema, type Schema, schemaTypes } from './schema.js';
import { schemaChoices, schemaPortType, schemaWidget } from './schema-port.js';

/** An input that follows from a property of a JSON Schema. */
export interface SchemaInput {
  /** The text form of its port type. */
  readonly type: string;
  readonly title: string;
  readonly required: boolean;
  readonly help?: string;
  readonly default?: Json;
  readonly widget?: Widget;
}

/**
 * The inputs of a node type of which one JSON Schema describes all: each property is an input, in their order, with its title, its help
 * (`description`), its default and its field. What a field cannot promise, such as the parts of an object or the pattern of a text, the
 * input carries as a schema of its own, so that the editor shows what is wrong and a run is blocked by it. Rules between properties
 * (`if`, `dependentRequired`) are not kept: each input can also come over a wire.
 *
 * @example
 * ```ts
 * const draw = defineNode({
 *   id: 'shop/draw',
 *   inputs: schemaInputs({
 *     properties: { title: { type: 'string', minLength: 3 }, width: { type: 'number', minimum: 0, maximum: 200 } },
 *     required: ['title'],
 *   }),
 *   outputs: { picture: 'string' },
 *   run: ({ title, width }) => ({ picture: `${title}: ${width}` }),
 * });
 * ```
 */
export function schemaInputs(schema: Schema): Readonly<Record<PortId, SchemaInput>> {
  const whole = resolveSchema(schema, schema);
  const required = listOf(whole.required);
  return Object.fromEntries(
    Object.entries(asSchema(whole.properties)).map(([key, property]) => [
      key,
      inputOf(key, asSchema(property), schema, required.includes(key)),
    ]),
  );
}

function inputOf(key: string, property: Schema, root: Schema, isRequired: boolean): SchemaInput {
  const own = resolveSchema(property, root);
  const { default: standard, description: help } = own;
  const widget = saysMore(own) ? { kind: 'form' as const, schema: withReferences(property, root) } : schemaWidget(own);
  return {
    type: formatPortType(typeOf(own, root, 0)),
    // What a property refers to may be called after its kind: two points of a line are no "Point" each.
    title: typeof property.title === 'string' ? property.title : titleOfName(key),
    required: isRequired && standard === undefined,
    ...(typeof help === 'string' && { help }),
    ...(standard !== undefined && { default: standard }),
    ...(widget && { widget }),
  };
}

/** Keywords that a port type, a field and its help keep to by themselves. */
const KEPT = new Set([
  ...['type', 'title', 'description', 'default', 'examples', 'unit', 'enum', 'const'],
  ...['$comment', 'readOnly', 'writeOnly', 'deprecated'],
]);

function saysMore(schema: Schema): boolean {
  const types = schemaTypes(schema);
  if (types.includes('object') || types.includes('array')) return true;
  const isChoice = schemaChoices(schema) !== undefined;
  return Object.keys(schema).some((key) => !KEPT.has(key) && !(isChoice && (key === 'oneOf' || key === 'anyOf')));
}

/** A part of a schema with what it may refer to. */
function withReferences(part: Schema, { $defs, definitions }: Schema): JsonObject {
  return { ...part, ...($defs !== undefined && { $defs }), ...(definitions !== undefined && { definitions }) };
}

/** Deeper types are taken as they come: a schema may hold itself. */
const MOST_DEPTH = 4;

function typeOf(schema: Schema, root: Schema, depth: number): PortType {
  const choices = schemaChoices(schema);
  if (choices !== undefined) {
    return {
      kind: 'union',
      members: choices.map(({ value }) => (value === null ? { kind: 'none' } : { kind: 'literal', value })),
    };
  }
  const types = schemaTypes(schema);
  if (types.length === 1 && types[0] === 'array' && schema.prefixItems === undefined && depth < MOST_DEPTH) {
    return { kind: 'list', item: typeOf(resolveSchema(asSchema(schema.items), root), root, depth + 1) };
  }
  return schemaPortType(schema);
}
