import type { Json } from '../json.js';
import type { SelectOption, Widget } from '../node-type.js';
import type { PortType } from '../port-type.js';
import { asSchema, listOf, type Schema, schemaTypes } from './schema.js';

const TYPES: Readonly<Record<string, PortType['kind'] & ('string' | 'number' | 'int' | 'bool' | 'none')>> = {
  string: 'string',
  number: 'number',
  integer: 'int',
  boolean: 'bool',
  null: 'none',
};

/**
 * The port type of values that a JSON Schema describes: `json` for those with parts, `any` where it does not say.
 *
 * @example
 * ```ts
 * schemaPortType({ type: 'integer' }); // { kind: 'int' }
 * ```
 */
export function schemaPortType(schema: Schema): PortType {
  const members = schemaTypes(schema).map((type): PortType => ({ kind: TYPES[type] ?? 'json' }));
  const [only, second] = members;
  if (only === undefined) return { kind: 'any' };
  return second === undefined ? only : { kind: 'union', members };
}

/**
 * The values to choose from, where a JSON Schema allows only such; titles stand beside each `const`.
 *
 * @example
 * ```ts
 * schemaChoices({ oneOf: [{ const: 1, title: 'One' }] }); // [{ value: 1, title: 'One' }]
 * ```
 */
export function schemaChoices(schema: Schema): readonly SelectOption[] | undefined {
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

const WIDGET_BY_FORMAT: Readonly<Record<string, Widget>> = {
  date: { kind: 'date' },
  time: { kind: 'time' },
  'date-time': { kind: 'date-time', zone: true },
  color: { kind: 'color' },
  'multi-line': { kind: 'text', multiline: true },
  multiline: { kind: 'text', multiline: true },
  textarea: { kind: 'text', multiline: true },
};

/**
 * The field for values that a JSON Schema describes; undefined where their type says it. What has parts is JSON here.
 *
 * @example
 * ```ts
 * schemaWidget({ type: 'number', minimum: 0, maximum: 1 }); // { kind: 'slider', min: 0, max: 1 }
 * ```
 */
export function schemaWidget(schema: Schema): Widget | undefined {
  const options = schemaChoices(schema);
  if (options !== undefined) return { kind: 'select', options };
  const [type, ...more] = schemaTypes(schema).filter((each) => each !== 'null');
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
