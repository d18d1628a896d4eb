import { type Json, LoomError, type NodeType } from '@loom/graph';
import { defineNode } from './define-node.js';

const NO = new Set(['false', 'no', 'off', '0', '']);

const toText = defineNode({
  id: 'loom/to-text',
  title: 'To text',
  description: 'Any value as text: text as it is, everything else as JSON.',
  category: 'Convert',
  pure: true,
  inputs: { value: { type: 'any', title: 'Value' } },
  outputs: { text: { type: 'string', title: 'Text' } },
  run: ({ value }) => ({ text: asText(value) }),
});

const toNumber = defineNode({
  id: 'loom/to-number',
  title: 'To number',
  description: 'The number that a text says, with a point before its decimals. Yes is 1, no is 0.',
  category: 'Convert',
  pure: true,
  inputs: { value: { type: 'string | bool', title: 'Value' } },
  outputs: { number: { type: 'number', title: 'Number' } },
  run: ({ value }) => ({ number: asNumber(value) }),
});

const toInteger = defineNode({
  id: 'loom/to-integer',
  title: 'To whole number',
  description: 'The nearest whole number; halves go up.',
  category: 'Convert',
  pure: true,
  inputs: { value: { type: 'number | string | bool', title: 'Value' } },
  outputs: { number: { type: 'int', title: 'Number' } },
  run: ({ value }) => ({ number: asInteger(value) }),
});

const toBool = defineNode({
  id: 'loom/to-bool',
  title: 'To yes or no',
  description: 'No for 0, null, what is empty, and "no", "false", "off" and "0"; yes for everything else.',
  category: 'Convert',
  pure: true,
  inputs: { value: { type: 'any', title: 'Value' } },
  outputs: { value: { type: 'bool', title: 'Yes or no' } },
  run: ({ value }) => ({ value: asBool(value) }),
});

const parseJson = defineNode({
  id: 'loom/from-json',
  title: 'From JSON',
  description: 'The data that a JSON text says.',
  category: 'Convert',
  pure: true,
  inputs: { text: { type: 'string', title: 'Text' } },
  outputs: { data: { type: 'json', title: 'Data' } },
  run: ({ text }) => ({ data: parse(text) }),
});

const toList = defineNode({
  id: 'loom/to-list',
  title: 'To list',
  description: 'A list with this one item.',
  category: 'Convert',
  pure: true,
  inputs: { item: { type: 'T', title: 'Item' } },
  outputs: { list: { type: 'list<T>', title: 'List' } },
  run: ({ item }) => ({ list: [item] }),
});

const itemAt = defineNode({
  id: 'loom/list-item',
  title: 'Item of a list',
  description: 'One item, counted from 0; -1 is the last.',
  category: 'Convert',
  pure: true,
  inputs: { list: { type: 'list<T>', title: 'List' }, index: { type: 'int', title: 'Index', default: 0 } },
  outputs: { item: { type: 'T', title: 'Item' } },
  run: ({ list, index }) => ({ item: pick(list, index) }),
});

const count = defineNode({
  id: 'loom/count',
  title: 'Count',
  description: 'How many items a list has, or characters a text.',
  category: 'Convert',
  pure: true,
  inputs: { value: { type: 'list | string', title: 'Value' } },
  outputs: { count: { type: 'int', title: 'Count' } },
  run: ({ value }) => ({ count: countOf(value) }),
});

/** Node types that make one kind of value out of another: what an editor offers where two ports do not fit. */
export const convertTypes: readonly NodeType[] = [
  toText,
  toNumber,
  toInteger,
  toBool,
  parseJson,
  toList,
  itemAt,
  count,
];

function asText(value: unknown): string {
  if (typeof value === 'string') return value;
  // JSON would write them as null, or not at all.
  if (typeof value === 'number' || typeof value === 'bigint') return String(value);
  const isPlain = typeof value !== 'object' || value === null || Array.isArray(value) || 'toJSON' in value;
  const prototype: unknown = isPlain ? null : Object.getPrototypeOf(value);
  if (prototype === null || prototype === Object.prototype) return JSON.stringify(value) ?? 'null';
  const kind = Object.prototype.toString.call(value).slice('[object '.length, -1);
  throw new LoomError('convert/no-text', `What is in a ${kind} cannot be written as JSON.`);
}

function countOf(value: unknown): number {
  if (typeof value === 'string') return [...value].length;
  if (Array.isArray(value)) return value.length;
  const kind = value === null ? 'null' : typeof value;
  throw new LoomError('convert/not-countable', `A list or a text has a count, but this is ${kind}.`);
}

function asNumber(value: unknown): number {
  if (typeof value === 'boolean') return value ? 1 : 0;
  const text = String(value).trim();
  const number = text === '' ? Number.NaN : Number(text);
  if (!Number.isFinite(number)) throw new LoomError('convert/not-a-number', `${JSON.stringify(value)} is no number.`);
  return number;
}

function asInteger(value: unknown): number {
  const number = Math.round(typeof value === 'number' ? value : asNumber(value));
  // Minus nothing is nothing: it would be another value to a cache.
  if (Number.isFinite(number)) return number === 0 ? 0 : number;
  throw new LoomError('convert/not-a-number', `${value} has no whole number beside it.`);
}

function asBool(value: unknown): boolean {
  if (typeof value === 'string') return !NO.has(value.trim().toLowerCase());
  if (Array.isArray(value)) return value.length > 0;
  return Boolean(value);
}

function parse(text: unknown): Json {
  try {
    return JSON.parse(String(text)) as Json;
  } catch (cause) {
    throw new LoomError('convert/not-json', `This is not JSON: ${(cause as Error).message}`, { cause });
  }
}

function pick(list: unknown, index: unknown): unknown {
  const items = list as readonly unknown[];
  const at = Number(index);
  const place = at < 0 ? items.length + at : at;
  if (Number.isInteger(place) && place >= 0 && place < items.length) return items[place];
  throw new LoomError('convert/no-such-item', `The list has ${items.length} items; there is none at ${at}.`);
}
