import type { Json } from '../json.js';
import { sameJson } from '../same-json.js';
import { hasFormat, patternOf } from './formats.js';
import { isOfSchemaType, isRecord, listOf, type Schema } from './schema.js';

type Rule = (value: Json, asked: Json, schema: Schema) => boolean;

/** What values that are parts of nothing have to keep to, by keyword. `type` comes first: the others are about values of a type. */
export const RULES: Readonly<Record<string, Rule>> = {
  type: (value, asked) => [asked].flat().some((type) => typeof type !== 'string' || isOfSchemaType(value, type)),
  enum: (value, asked) => listOf(asked).some((each) => sameJson(each, value)),
  const: (value, asked) => sameJson(value, asked),
  multipleOf: ofNumbers((value, step) => isMultiple(value, step)),
  minimum: ofNumbers((value, least) => value >= least),
  maximum: ofNumbers((value, most) => value <= most),
  exclusiveMinimum: exclusive('minimum', (value, least) => value > least),
  exclusiveMaximum: exclusive('maximum', (value, most) => value < most),
  minLength: (value, least) => typeof value !== 'string' || typeof least !== 'number' || lengthOf(value) >= least,
  maxLength: (value, most) => typeof value !== 'string' || typeof most !== 'number' || lengthOf(value) <= most,
  // What cannot be read says nothing: a pattern of another language must not keep a node from running.
  pattern: (value, asked) =>
    typeof value !== 'string' || typeof asked !== 'string' || (patternOf(asked)?.test(value) ?? true),
  format: (value, asked) => typeof value !== 'string' || typeof asked !== 'string' || hasFormat(value, asked),
  minItems: (value, least) => !Array.isArray(value) || typeof least !== 'number' || value.length >= least,
  maxItems: (value, most) => !Array.isArray(value) || typeof most !== 'number' || value.length <= most,
  uniqueItems: (value, asked) => !Array.isArray(value) || asked !== true || isUnique(value),
  minProperties: (value, least) => !isRecord(value) || typeof least !== 'number' || Object.keys(value).length >= least,
  maxProperties: (value, most) => !isRecord(value) || typeof most !== 'number' || Object.keys(value).length <= most,
};

function ofNumbers(holds: (value: number, asked: number) => boolean): Rule {
  return (value, asked) => typeof value !== 'number' || typeof asked !== 'number' || holds(value, asked);
}

/** In draft 4 `exclusiveMinimum: true` says how `minimum` is meant. */
function exclusive(end: 'minimum' | 'maximum', holds: (value: number, asked: number) => boolean): Rule {
  const rule = ofNumbers(holds);
  return (value, asked, schema) => rule(value, asked === true ? (schema[end] ?? null) : asked, schema);
}

/** Without the noise of binary fractions: 0.3 is a multiple of 0.1. */
function isMultiple(value: number, step: number): boolean {
  if (step <= 0) return true;
  const times = value / step;
  return Math.abs(times - Math.round(times)) <= 1e-9 * Math.max(1, Math.abs(times));
}

/** Characters, not halves of them. */
function lengthOf(text: string): number {
  let length = 0;
  for (const _character of text) length++;
  return length;
}

function isUnique(items: readonly Json[]): boolean {
  const seen = new Set<Json>();
  const objects: Json[] = [];
  return items.every((item) => {
    if (typeof item === 'object' && item !== null) {
      if (objects.some((other) => sameJson(other, item))) return false;
      objects.push(item);
      return true;
    }
    const isNew = !seen.has(item);
    seen.add(item);
    return isNew;
  });
}
