import { type FileEntry, readFileLiteral } from '../file-literal.js';
import type { Json } from '../json.js';
import type { PortType } from '../port-type.js';
import { describePortType } from './format.js';

/**
 * Says why a literal cannot be the value of an input, or nothing when it can. `"007"` is text and no number; `0`,
 * `""`, `false`, `null` and `[]` are values like any other. Bytes and files are named, see {@link fileLiteral}. Classes and
 * variables take any JSON: only the code knows.
 *
 * @example
 * ```ts
 * literalProblem('007', parsePortType('int')); // '"007" does not fit int.'
 * ```
 */
export function literalProblem(value: Json, type: PortType): string | undefined {
  if (fitsLiteral(value, type)) return undefined;
  return `${describeJson(value)} does not fit ${describePortType(type)}.`;
}

function fitsLiteral(value: Json, type: PortType): boolean {
  switch (type.kind) {
    case 'any':
    case 'json':
    case 'class':
    case 'variable':
      return true;
    case 'number':
      return typeof value === 'number';
    case 'int':
      return Number.isInteger(value);
    case 'string':
      return typeof value === 'string';
    case 'bool':
      return typeof value === 'boolean';
    case 'none':
      return value === null;
    case 'bytes':
      return readFileLiteral(value)?.as === 'bytes';
    case 'file':
      return isFile(readFileLiteral(value));
    case 'literal':
      return value === type.value;
    case 'list':
    case 'stream':
      return isList(value) && value.every((item) => fitsLiteral(item, type.item));
    case 'tuple':
      return (
        isList(value) &&
        value.length === type.items.length &&
        value.every((item, index) => fitsLiteral(item, type.items[index] ?? { kind: 'any' }))
      );
    case 'dict':
      return isRecord(value) && Object.entries(value).every((entry) => fitsEntry(entry, type));
    case 'union':
      return type.members.some((member) => fitsLiteral(value, member));
  }
}

/** The keys of a JSON object are texts, so a dictionary with other keys cannot be written as a literal. */
function fitsEntry([key, value]: [string, Json], type: Extract<PortType, { kind: 'dict' }>): boolean {
  return fitsLiteral(key, type.key) && fitsLiteral(value, type.value);
}

function isFile(entry: FileEntry | undefined): boolean {
  return entry !== undefined && entry.as === undefined;
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

function isRecord(value: Json): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const longest = 40;

/** Names a value in a sentence, cut where it is long. */
export function describeJson(value: Json): string {
  if (Array.isArray(value)) return `A list of ${value.length}`;
  const file = readFileLiteral(value);
  if (file) return `The file "${file.name}"`;
  if (isRecord(value)) return 'An object';
  const text = JSON.stringify(value);
  return text.length <= longest ? text : `${text.slice(0, longest - 1)}…`;
}
