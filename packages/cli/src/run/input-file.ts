import { openAsBlob } from 'node:fs';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { keepFile } from '@loom/engine';
import { type JsonObject, LoomError } from '@loom/graph';
import { readFailure } from '../flow-file.js';

/**
 * The literal of a file that `--input` names. What is in it is read when a node reads it.
 *
 * @throws LoomError `cli/input` when there is no such file, or when it is too large for an input of bytes
 */
export async function chooseFile(
  input: string,
  folder: string,
  file: string,
  as: 'file' | 'bytes',
): Promise<JsonObject> {
  const { blob, modified } = await open(input, folder, file);
  try {
    return await keepFile(new File([blob], path.basename(file), { lastModified: modified }), { as });
  } catch (cause) {
    if (!(cause instanceof LoomError)) throw cause;
    throw new LoomError('cli/input', `--input ${input}: ${cause.message}`, { cause });
  }
}

/** What is in a text file that `--input` names. @throws LoomError `cli/input` */
export async function readTextFile(input: string, folder: string, file: string): Promise<string> {
  return (await open(input, folder, file)).blob.text();
}

async function open(input: string, folder: string, file: string): Promise<{ blob: Blob; modified: number }> {
  if (file === '') throw new LoomError('cli/input', `--input ${input} names no file: write ${input}=@PATH.`);
  const full = path.resolve(folder, file);
  try {
    const found = await stat(full);
    if (found.isDirectory()) throw Object.assign(new Error(), { code: 'EISDIR' });
    return { blob: await openAsBlob(full), modified: Math.round(found.mtimeMs) };
  } catch (cause) {
    throw new LoomError('cli/input', `--input ${input}: ${file} cannot be read: ${readFailure(cause)}.`, {
      cause,
    });
  }
}
