import { type LoadResult, load } from '../load/load.js';
import { detectFormat, type FlowFormat } from './detect-format.js';
import { importFuncNodes } from './funcnodes/import-funcnodes.js';
import { importOldLoom, type OldLoomOptions } from './old-loom/import-old-loom.js';
import { isArchive } from './run-import.js';

/** Options of {@link importAny}: those of all formats. */
export type ImportOptions = OldLoomOptions;

/** A document with what is to be said about it, and what it was made of. */
export interface ImportResult extends LoadResult {
  /** Undefined when the file is of no format that is known. */
  readonly format: FlowFormat | undefined;
}

/**
 * Opens a flow of any format: one of this Loom by {@link load}, others by their importers. For an app that lets people
 * open files. Never throws and runs nothing.
 *
 * @example
 * ```ts
 * const { document, issues, format } = importAny(await file.text(), { library });
 * if (format !== 'loom') saveAs(document);
 * ```
 */
export function importAny(data: unknown, options: ImportOptions = {}): ImportResult {
  const format = detectFormat(data);
  if (format === 'old-loom') return { format, ...importOldLoom(data, options) };
  if (format === 'funcnodes' || isArchive(data)) return { format, ...importFuncNodes(data, options) };
  return { format, ...load(data, options) };
}
