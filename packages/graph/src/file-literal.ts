import type { Json, JsonObject } from './json.js';

/** What a document says of a file that is the value of an input. */
export interface FileEntry {
  readonly name: string;
  /** The media type, such as `text/csv`; empty when nobody knows. */
  readonly type: string;
  /** In bytes. */
  readonly size: number;
  /** When it was last changed, in milliseconds of `Date.now`. */
  readonly modified?: number;
  /** Names the file among those that were chosen in this session. */
  readonly id?: string;
  /** What is in the file, as base64: such a literal holds in every session. */
  readonly data?: string;
  /** Set when the input gets what is in the file, and not the file. */
  readonly as?: 'bytes';
}

const KEY = '$file';

/**
 * The literal of a file in a document. It names the file and has no bytes, unless `data` is given: with another session the
 * file has to be chosen again.
 *
 * @example
 * ```ts
 * fileLiteral({ name: 'rows.csv', type: 'text/csv', size: 12, id: crypto.randomUUID() });
 * ```
 */
export function fileLiteral(entry: FileEntry): JsonObject {
  return { [KEY]: { ...entry } };
}

/**
 * What a literal says of a file; undefined when it is none.
 *
 * @example
 * ```ts
 * readFileLiteral(document.nodes.read?.inputs?.rows)?.name; // 'rows.csv'
 * ```
 */
export function readFileLiteral(literal: Json | undefined): FileEntry | undefined {
  if (!isObject(literal) || !Object.hasOwn(literal, KEY) || Object.keys(literal).length !== 1) return undefined;
  const entry = literal[KEY];
  if (!isObject(entry)) return undefined;
  const { name, type, size, modified, id, data, as } = entry;
  if (typeof name !== 'string' || typeof type !== 'string' || typeof size !== 'number' || size < 0) return undefined;
  return {
    name,
    type,
    size,
    ...(typeof modified === 'number' && { modified }),
    ...(typeof id === 'string' && { id }),
    ...(typeof data === 'string' && { data }),
    ...(as === 'bytes' && { as }),
  };
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
