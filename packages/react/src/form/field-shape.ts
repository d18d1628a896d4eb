import type { InputPort, Json, PortType, SelectOption, Widget } from '@loom/graph';
import { asSchema, isRecord, listOf, resolved, type Schema, titleOf, typesOf } from './schema.js';

/** Deeper values are edited as JSON: nobody finds their way in more boxes within boxes. */
const MOST_DEPTH = 8;
/** Longer lists are edited as JSON: each row is a field of its own. */
const MOST_ROWS = 100;

/** A property of an object. */
export interface PropertyField {
  readonly key: string;
  readonly title: string;
  readonly schema: Schema;
  readonly required: boolean;
}

/** One of several forms that a value may have. */
export interface Branch {
  readonly title: string;
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
  | { readonly kind: 'list'; readonly itemAt: (index: number) => Schema; readonly least: number; readonly most: number }
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
  const [type, ...more] = typesOf(schema).filter((each) => each !== 'null');
  if (more.length > 0 || depth >= MOST_DEPTH || isScalarChoice(schema)) return leaf(subject);
  if (type === 'object' && (value === undefined || isRecord(value))) {
    const required = listOf(schema.required);
    const properties = Object.entries(asSchema(schema.properties)).map(([key, property]) => ({
      key,
      // What it refers to may be called after its kind: two points of a line are no "Point" each.
      title: titleOf(asSchema(property), key),
      schema: resolved(asSchema(property), root),
      required: required.includes(key),
    }));
    const { additionalProperties: others } = schema;
    const isOpen = isRecord(others) || others === true;
    if (properties.length > 0 || isOpen)
      return { kind: 'object', properties, others: isOpen ? resolved(asSchema(others), root) : undefined };
  }
  if (type === 'array' && (value === undefined || (Array.isArray(value) && value.length <= MOST_ROWS))) {
    const places = listOf(schema.prefixItems);
    const rest = resolved(asSchema(schema.items), root);
    const isFixed = places.length > 0 && schema.items === false;
    return {
      kind: 'list',
      itemAt: (index) => (index < places.length ? resolved(asSchema(places[index]), root) : rest),
      least: typeof schema.minItems === 'number' ? schema.minItems : 0,
      most: Math.min(
        typeof schema.maxItems === 'number' ? schema.maxItems : MOST_ROWS,
        isFixed ? places.length : MOST_ROWS,
      ),
    };
  }
  return leaf(subject);
}

/** The branches of `oneOf` or `anyOf`; undefined where there are none, or where they are only values to choose from. */
function branchesOf(schema: Schema, root: Schema): readonly Branch[] | undefined {
  const parts = [...listOf(schema.oneOf), ...listOf(schema.anyOf)].map((part) => resolved(asSchema(part), root));
  if (parts.length === 0 || parts.every((part) => part.const !== undefined)) return undefined;
  const { oneOf: _one, anyOf: _any, title: _title, description: _help, default: _default, ...shared } = schema;
  return parts.map((part, at) => ({
    title: titleOf(part, typesOf(part)[0] ?? `${at + 1}`),
    schema: { ...shared, ...part },
  }));
}

function isScalarChoice(schema: Schema): boolean {
  return scalarChoices(schema) !== undefined;
}

/** The values to choose from, where there are such; titles stand beside each `const`. */
function scalarChoices(schema: Schema): readonly SelectOption[] | undefined {
  const parts = [...listOf(schema.oneOf), ...listOf(schema.anyOf)].map((part) => asSchema(part));
  const titled = parts.map(({ const: value, title }) => ({ value, title }));
  const plain = [...listOf(schema.enum), ...(schema.const === undefined ? [] : [schema.const])];
  const choices = [...plain.map((value) => ({ value, title: undefined })), ...titled];
  if (choices.length === 0) return undefined;
  const options = choices.flatMap(({ value, title }): SelectOption[] =>
    value === undefined || (typeof value === 'object' && value !== null)
      ? []
      : [{ value, ...(typeof title === 'string' && { title }) }],
  );
  return options.length === choices.length ? options : undefined;
}

function leaf({ id, schema, required }: FieldSubject): FieldShape {
  const widget = widgetOf(schema);
  const { default: initial, description } = schema;
  return {
    kind: 'leaf',
    port: {
      id,
      title: id,
      type: portTypeOf(schema),
      required,
      ...(initial !== undefined && { default: initial }),
      ...(typeof description === 'string' && { help: description }),
      ...(widget !== undefined && { widget }),
    },
  };
}

const TYPES: Readonly<Record<string, PortType['kind'] & ('string' | 'number' | 'int' | 'bool' | 'none')>> = {
  string: 'string',
  number: 'number',
  integer: 'int',
  boolean: 'bool',
  null: 'none',
};

/** The type of a field; `json` where a schema allows what no field of its own can say. */
function portTypeOf(schema: Schema): PortType {
  const members = typesOf(schema).map((type): PortType => ({ kind: TYPES[type] ?? 'json' }));
  const [only, second] = members;
  if (only === undefined) return { kind: 'json' };
  return second === undefined ? only : { kind: 'union', members };
}

const WIDGET_BY_FORMAT: Readonly<Record<string, Widget>> = {
  date: { kind: 'date' },
  time: { kind: 'time' },
  'date-time': { kind: 'date-time', zone: true },
  color: { kind: 'color' },
  'multi-line': { kind: 'text', multiline: true },
  multiline: { kind: 'text', multiline: true },
  textarea: { kind: 'text', multiline: true },
};

function widgetOf(schema: Schema): Widget | undefined {
  const options = scalarChoices(schema);
  if (options !== undefined) return { kind: 'select', options };
  const [type, ...more] = typesOf(schema).filter((each) => each !== 'null');
  if (more.length > 0) return undefined;
  if (type === 'number' || type === 'integer') return numberWidget(schema, type === 'integer');
  if (type !== 'string') return type === 'object' || type === 'array' ? { kind: 'json' } : undefined;
  const { format } = schema;
  const [example] = listOf(schema.examples);
  const known = typeof format === 'string' && Object.hasOwn(WIDGET_BY_FORMAT, format) && WIDGET_BY_FORMAT[format];
  return known || { kind: 'text', ...(typeof example === 'string' && { placeholder: example }) };
}

/** A number with both ends has a slider. */
function numberWidget(schema: Schema, integer: boolean): Widget {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf, unit } = schema;
  const next = integer ? 1 : 0;
  const min = number(minimum) ?? (integer ? plus(exclusiveMinimum, next) : undefined);
  const max = number(maximum) ?? (integer ? plus(exclusiveMaximum, -next) : undefined);
  const rest = {
    ...(typeof multipleOf === 'number' && { step: multipleOf }),
    ...(typeof unit === 'string' && { unit }),
  };
  if (min !== undefined && max !== undefined && min < max) return { kind: 'slider', min, max, ...rest };
  return { kind: 'number', ...(min !== undefined && { min }), ...(max !== undefined && { max }), ...rest };
}

function number(value: Json | undefined): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

function plus(value: Json | undefined, by: number): number | undefined {
  return typeof value === 'number' ? value + by : undefined;
}
