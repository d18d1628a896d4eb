import type { Json, JsonObject } from './json.js';
import type { SelectOption, Widget } from './node-type.js';

/** Reads a widget as written in a document; undefined when it is none that this version knows. */
export function readWidget(raw: JsonObject): Widget | undefined {
  switch (raw.kind) {
    case 'toggle':
    case 'json':
    case 'none':
    case 'date':
    case 'time':
    case 'color':
      return { kind: raw.kind };
    case 'date-time':
      return raw.zone === true ? { kind: 'date-time', zone: true } : { kind: 'date-time' };
    case 'form':
      return isObject(raw.schema) ? { kind: 'form', schema: raw.schema } : undefined;
    case 'number':
      return { kind: 'number', ...numbers(raw, ['min', 'max', 'step']), ...unitOf(raw) };
    case 'slider': {
      const { min, max } = raw;
      if (typeof min !== 'number' || typeof max !== 'number' || min > max) return undefined;
      return { kind: 'slider', min, max, ...numbers(raw, ['step']), ...unitOf(raw) };
    }
    case 'text':
      return {
        kind: 'text',
        ...(typeof raw.multiline === 'boolean' && { multiline: raw.multiline }),
        ...(typeof raw.placeholder === 'string' && { placeholder: raw.placeholder }),
      };
    case 'select': {
      if (!Array.isArray(raw.options)) return undefined;
      return { kind: 'select', options: raw.options.flatMap((option: Json) => readOption(option) ?? []) };
    }
    case 'custom':
      return typeof raw.name === 'string' ? { kind: 'custom', name: raw.name } : undefined;
    default:
      return undefined;
  }
}

function numbers<Key extends string>(raw: JsonObject, keys: readonly Key[]): { [K in Key]?: number } {
  const found: { [K in Key]?: number } = {};
  for (const key of keys) {
    const value = raw[key];
    if (typeof value === 'number') found[key] = value;
  }
  return found;
}

function unitOf({ unit }: JsonObject): { unit?: string } {
  return typeof unit === 'string' ? { unit } : {};
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An option is a value, or `{ value, title }`. */
function readOption(raw: Json): SelectOption | undefined {
  if (isChoice(raw)) return { value: raw };
  if (!isObject(raw)) return undefined;
  const { value, title } = raw;
  if (value === undefined || !isChoice(value)) return undefined;
  return typeof title === 'string' ? { value, title } : { value };
}

function isChoice(value: Json): value is SelectOption['value'] {
  return value === null || typeof value !== 'object';
}
