import type { InputPort, Json } from '@loom/graph';
import {
  resolveSchema,
  type Schema,
  schemaChoices,
  schemaPortType,
  schemaTypes,
  schemaWidget,
} from '@loom/graph/schema';
import { asSchema, isRecord, listOf, titleOf } from './schema.js';

/** Deeper values are edited as JSON: nobody finds their way in more boxes within boxes. */
const MOST_DEPTH = 8;
/** So many rows are drawn, each with a field of its own; of longer lists the rest is edited as JSON. */
export const MOST_ROWS = 100;

/** A property of an object. */
export interface PropertyField {
  readonly key: string;
  readonly title: string;
  readonly schema: Schema;
  readonly required: boolean;
}

/** One of several forms that a value may have. */
export interface Branch {
  /** Undefined where it is called after its kind. */
  readonly title: string | undefined;
  readonly schema: Schema;
}

/** How a value is edited. */
export type FieldShape =
  | {
      readonly kind: 'object';
      readonly properties: readonly PropertyField[];
      /** What other keys hold; undefined where none can be added. */
      readonly others: Schema | undefined;
    }
  | {
      readonly kind: 'list';
      readonly itemAt: (index: number) => Schema;
      readonly least: number;
      readonly most: number;
      /** So many places, each of its own kind; undefined where entries come, go and move. */
      readonly places: number | undefined;
    }
  | { readonly kind: 'choice'; readonly branches: readonly Branch[] }
  | { readonly kind: 'leaf'; readonly port: InputPort };

/** What a field is about. */
export interface FieldSubject {
  readonly id: string;
  readonly schema: Schema;
  readonly root: Schema;
  readonly value: Json | undefined;
  readonly required: boolean;
  readonly depth: number;
}

/** How a value is edited, by its schema. What does not have the shape that the schema asks for is edited as JSON. */
export function fieldShape(subject: FieldSubject): FieldShape {
  const { schema, root, value, depth } = subject;
  const branches = branchesOf(schema, root);
  if (branches !== undefined) return depth < MOST_DEPTH ? { kind: 'choice', branches } : leaf(subject);
  const [type, ...more] = schemaTypes(schema).filter((each) => each !== 'null');
  if (more.length > 0 || depth >= MOST_DEPTH || schemaChoices(schema) !== undefined) return leaf(subject);
  if (type === 'object' && (value === undefined || isRecord(value))) {
    const required = listOf(schema.required);
    const properties = Object.entries(asSchema(schema.properties)).map(([key, property]) => ({
      key,
      // What it refers to may be called after its kind: two points of a line are no "Point" each.
      title: titleOf(asSchema(property), key),
      schema: resolveSchema(asSchema(property), root),
      required: required.includes(key),
    }));
    const { additionalProperties: others } = schema;
    const isOpen = isRecord(others) || others === true;
    if (properties.length > 0 || isOpen)
      return { kind: 'object', properties, others: isOpen ? resolveSchema(asSchema(others), root) : undefined };
  }
  if (type === 'array' && (value === undefined || Array.isArray(value))) {
    const places = listOf(schema.prefixItems);
    const rest = resolveSchema(asSchema(schema.items), root);
    const isFixed = places.length > 0 && schema.items === false;
    return {
      kind: 'list',
      itemAt: (index) => (index < places.length ? resolveSchema(asSchema(places[index]), root) : rest),
      least: typeof schema.minItems === 'number' ? schema.minItems : 0,
      most: typeof schema.maxItems === 'number' ? schema.maxItems : isFixed ? places.length : Number.POSITIVE_INFINITY,
      places: isFixed && schema.minItems === places.length ? places.length : undefined,
    };
  }
  return leaf(subject);
}

/** The branches of `oneOf` or `anyOf`; undefined where there are none, or where they are only values to choose from. */
function branchesOf(schema: Schema, root: Schema): readonly Branch[] | undefined {
  const parts = [...listOf(schema.oneOf), ...listOf(schema.anyOf)].map((part) => resolveSchema(asSchema(part), root));
  if (parts.length === 0 || parts.every((part) => part.const !== undefined)) return undefined;
  const { oneOf: _one, anyOf: _any, title: _title, description: _help, default: _default, ...shared } = schema;
  return parts.map((part) => ({
    title: typeof part.title === 'string' ? part.title : undefined,
    schema: { ...shared, ...part },
  }));
}

function leaf({ id, schema, required, value }: FieldSubject): FieldShape {
  const widget = schemaWidget(schema);
  const type = schemaPortType(schema);
  const { default: initial, description } = schema;
  return {
    kind: 'leaf',
    port: {
      id,
      title: id,
      // What may be anything is written as people write it; what has parts needs the room of several lines.
      type: type.kind === 'any' && typeof value === 'object' && value !== null ? { kind: 'json' } : type,
      required,
      ...(initial !== undefined && { default: initial }),
      ...(typeof description === 'string' && { help: description }),
      ...(widget !== undefined && { widget }),
    },
  };
}
