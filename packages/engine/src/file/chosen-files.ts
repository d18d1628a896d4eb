import { type FileEntry, fileLiteral, type Json, type JsonObject, LoomError, readFileLiteral } from '@loom/graph';
import { base64Of } from '../base64.js';

/** How many files a session knows by name; of more, the one that was chosen first is forgotten. */
const MAX_FILES = 1_000;

/** What is read into memory for an input of bytes, or written into the document. */
const MAX_READ_BYTES = 64 * 1024 * 1024;

type Chosen = File | Uint8Array;

/**
 * The files of this session by id, as a browser knows object URLs: for all engines of the realm, because documents are plain
 * data and know no engine. Ids are random, so a flow reaches only what was chosen for it.
 */
const chosen = new Map<string, Chosen>();

/** How {@link keepFile} keeps a file. */
export interface KeepFileOptions {
  /** `bytes` for inputs that take what is in the file: it is read now, at most 64 MB. @default 'file' */
  readonly as?: 'file' | 'bytes';
  /** A file up to this many bytes is written into the literal, and so into the document. @default 0 */
  readonly inlineBytes?: number;
}

/**
 * Keeps a file for this session and gives the literal that stands for it in a document, in the inputs of a run or of a call.
 * The document has the name, the type and the size of the file, not what is in it, unless it is small and `inlineBytes`
 * allows that. The file itself is not read before a node reads it.
 *
 * @throws LoomError `file/too-large` when 64 MB are not enough for an input of bytes
 * @example
 * ```ts
 * const literal = await keepFile(input.files[0]);
 * await engine.call(flow, { rows: literal });
 * ```
 */
export async function keepFile(file: Blob, options: KeepFileOptions = {}): Promise<JsonObject> {
  const { as = 'file', inlineBytes = 0 } = options;
  const { name = 'file', lastModified } = file as Partial<File>;
  const facts: FileEntry = {
    name,
    type: file.type,
    size: file.size,
    ...(lastModified !== undefined && { modified: lastModified }),
    ...(as === 'bytes' && { as }),
  };
  const isInline = file.size <= Math.min(inlineBytes, MAX_READ_BYTES);
  if (as === 'bytes' && file.size > MAX_READ_BYTES) {
    const reason = `"${name}" is larger than 64 MB. Let the node take a file instead of bytes: it reads what it needs.`;
    throw new LoomError('file/too-large', reason);
  }
  const bytes = isInline || as === 'bytes' ? new Uint8Array(await file.arrayBuffer()) : undefined;
  if (isInline && bytes) return fileLiteral({ ...facts, data: base64Of(bytes) });
  const id = crypto.randomUUID();
  keep(id, bytes ?? fileOf(file, facts));
  return fileLiteral({ ...facts, id });
}

/**
 * Gives a file back to the literals that name it: for an app that keeps files by itself. Plans that were made before do not
 * know of it.
 *
 * @throws LoomError `file/wrong-file` when it has another size than the literal says, or the literal is of no chosen file
 * @example
 * ```ts
 * await restoreFile(document.nodes.read.inputs.rows, fileFromMyDatabase);
 * ```
 */
export async function restoreFile(literal: Json, file: Blob): Promise<void> {
  const entry = readFileLiteral(literal);
  if (entry?.id === undefined || entry.size !== file.size) {
    throw new LoomError(
      'file/wrong-file',
      `This is not the file that the flow names${entry ? `: ${entry.name}` : ''}.`,
    );
  }
  keep(entry.id, entry.as === 'bytes' ? new Uint8Array(await file.arrayBuffer()) : fileOf(file, entry));
}

/**
 * Forgets a file: literals that name it ask for it again.
 *
 * @example
 * ```ts
 * forgetFile(literal);
 * ```
 */
export function forgetFile(literal: Json): void {
  const id = readFileLiteral(literal)?.id;
  if (id !== undefined) chosen.delete(id);
}

/**
 * Whether what a literal names is at hand; true for what names no file.
 *
 * @example
 * ```ts
 * if (!isFileAtHand(literal)) askForItAgain();
 * ```
 */
export function isFileAtHand(literal: Json): boolean {
  return missingFile(literal) === undefined;
}

/** The name of the first file that is not at hand, of a literal or of one in a list. */
export function missingFile(literal: Json): string | undefined {
  if (typeof literal !== 'object' || literal === null) return undefined;
  for (const each of Array.isArray(literal) ? literal : [literal]) {
    const entry = readFileLiteral(each);
    if (entry && found(entry) === undefined) return entry.name;
  }
  return undefined;
}

/** What code gets for a literal; undefined when it has to be chosen again. Bytes are a copy of their own. */
export function fileValue(entry: FileEntry): Chosen | undefined {
  const value = found(entry);
  return value instanceof Uint8Array ? value.slice() : value;
}

function found(entry: FileEntry): Chosen | undefined {
  if (entry.data !== undefined) return unpack(entry);
  return entry.id === undefined ? undefined : chosen.get(entry.id);
}

function keep(id: string, value: Chosen): void {
  chosen.set(id, value);
  for (const oldest of chosen.keys()) {
    if (chosen.size <= MAX_FILES) return;
    chosen.delete(oldest);
  }
}

function unpack(entry: FileEntry): Chosen | undefined {
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    bytes = Uint8Array.from(atob(entry.data ?? ''), (character) => character.charCodeAt(0));
  } catch {
    return undefined;
  }
  return entry.as === 'bytes' ? bytes : fileOf(new Blob([bytes]), entry);
}

/** A file with its name. In browsers it shares what is in it with the blob. */
export function fileOf(blob: Blob, { name, type, modified }: Omit<FileEntry, 'size'>): File {
  if (blob instanceof File && blob.name === name && blob.type === type) return blob;
  return new File([blob], name, { type, ...(modified !== undefined && { lastModified: modified }) });
}
