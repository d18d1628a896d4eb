import { existsSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { type FlowDocument, type Issue, type Library, LoomError, load, validate } from '@loom/graph';
import { inputProblem } from '@loom/graph/schema';

/** Larger files are refused: a flow is text, and its data lies beside it. */
const MAXIMUM_FILE_BYTES = 256 * 1024 * 1024;

/** A flow as it was found on disk. */
export interface FlowFile {
  readonly path: string;
  readonly document: FlowDocument;
  /** What loading and validation found, errors first. */
  readonly issues: readonly Issue[];
}

/**
 * Reads a flow. Its content never makes this throw: that is what issues are for.
 *
 * @throws LoomError `cli/file` when the file cannot be read.
 */
export async function readFlowFile(folder: string, file: string, library: Library): Promise<FlowFile> {
  const full = path.resolve(folder, file);
  const text = await readText(full, file);
  const { document, issues } = load(text, { library });
  const all = [...issues, ...validate(document, library, { checkInput: inputProblem })];
  const seen = new Set<string>();
  const distinct = all.filter((issue) => {
    const key = `${issue.code} ${issue.path.join('/')}`;
    return seen.has(key) ? false : seen.add(key);
  });
  return { path: full, document, issues: distinct.sort((a, b) => a.severity.localeCompare(b.severity)) };
}

async function readText(full: string, shown: string): Promise<string> {
  try {
    const { size } = await stat(full);
    if (size > MAXIMUM_FILE_BYTES) {
      throw new LoomError('cli/file', `${shown} has ${size} bytes; a flow may have up to ${MAXIMUM_FILE_BYTES}.`);
    }
    return await readFile(full, 'utf8');
  } catch (cause) {
    if (cause instanceof LoomError) throw cause;
    throw new LoomError('cli/file', `${shown} cannot be read: ${readFailure(cause)}.`, { cause });
  }
}

/**
 * What a flow's nodes may read: files by a path relative to the flow's own folder, and files of npm packages as
 * `npm:package/path`. Nothing above the flow's folder, nothing from the network.
 */
export function fileReader(flowPath: string): (file: string) => Promise<Uint8Array> {
  const folder = path.dirname(flowPath);
  const require = createRequire(flowPath);
  return async (file) => {
    const full = file.startsWith('npm:')
      ? resolvePackageFile(require, file.slice('npm:'.length))
      : inside(folder, file);
    try {
      return await readFile(full);
    } catch (cause) {
      throw new LoomError('file/unreadable', `${file} cannot be read: ${readFailure(cause)}.`, { cause });
    }
  };
}

function inside(folder: string, file: string): string {
  const full = path.resolve(folder, file);
  const relative = path.relative(folder, full);
  if (relative.startsWith('..') || path.isAbsolute(relative)) {
    throw new LoomError('file/outside', `${file} lies outside the flow's folder; move it beside the flow.`);
  }
  return full;
}

/** Finds `name/path` in the `node_modules` folders above the flow; a package's `exports` do not hide its data. */
function resolvePackageFile(require: NodeJS.Require, request: string): string {
  const parts = request.split('/');
  const length = request.startsWith('@') ? 2 : 1;
  const name = parts.slice(0, length).join('/');
  const rest = parts.slice(length);
  if (rest.length === 0 || rest.includes('..') || parts.includes('')) {
    throw new LoomError('file/bad-path', `npm:${request} is not a file of a package; write npm:package/path.`);
  }
  for (const folder of require.resolve.paths(name) ?? []) {
    const home = path.join(folder, name);
    if (existsSync(path.join(home, 'package.json'))) return path.join(home, ...rest);
  }
  throw new LoomError('file/no-package', `The npm package ${name} is not installed beside the flow.`);
}

/** Why a file could not be read, in words. */
export function readFailure(cause: unknown): string {
  const code = (cause as NodeJS.ErrnoException | undefined)?.code;
  if (code === 'ENOENT') return 'there is no such file';
  if (code === 'EISDIR') return 'it is a folder';
  if (code === 'EACCES') return 'permission is missing';
  return cause instanceof Error ? cause.message : String(cause);
}
