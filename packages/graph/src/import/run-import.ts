import { emptyDocument, type FlowDocument } from '../document.js';
import type { Issue } from '../issue.js';
import { defaultLimits, type LoadLimits } from '../load/limits.js';
import { type LoadOptions, type LoadResult, load } from '../load/load.js';
import { isRecord, TooLarge } from '../load/reading.js';
import { parseJson, type Raw } from './raw.js';
import { Report } from './report.js';

/** Makes the raw form of a document of a file; undefined when it cannot, after saying why. */
export type Importer = (raw: Raw, report: Report) => Record<string, unknown> | undefined;

/** How the files of ZIP archives begin. */
const zipHead = 'PK\u0003\u0004';

/**
 * What all importers have in common: text or parsed input, limits, and {@link load} at the end, which takes a copy,
 * breaks cycles and leaves out what a document cannot hold.
 */
export function runImport(input: unknown, options: LoadOptions, importer: Importer): LoadResult {
  const limits = { ...defaultLimits, ...options.limits };
  const report = new Report(limits);
  const opened = (document: FlowDocument, issues: readonly Issue[] = []): LoadResult => ({
    document,
    issues: [...report.finish(), ...issues],
  });
  try {
    if (isArchive(input)) {
      report.error('import/archive', [], 'This is a ZIP archive, such as a .fnw file. Unpack it and open its "state".');
      return opened(emptyDocument);
    }
    const raw = typeof input === 'string' ? parse(input, limits.bytes, report) : input;
    if (raw === undefined && typeof input === 'string') return opened(emptyDocument);
    if (!isRecord(raw)) {
      report.error('import/wrong-format', [], 'This is no flow of another program: such a file is a JSON object.');
      return opened(emptyDocument);
    }
    const made = importer(raw, report);
    if (!made) return opened(emptyDocument);
    const { document, issues } = load(made, options);
    // What was said about the parts of a file is of no use when none of it was opened.
    return document === emptyDocument ? { document, issues } : opened(document, issues);
  } catch (error) {
    return { document: emptyDocument, issues: [faultOf(error, limits)] };
  }
}

function faultOf(error: unknown, { nodes, bytes }: LoadLimits): Issue {
  if (error instanceof TooLarge) {
    const message = `The file is too large: at most ${nodes} nodes and ${bytes} characters are read. Nothing was opened.`;
    return { code: 'document/too-large', severity: 'error', path: [], message };
  }
  // Only input that is no plain data gets here: a getter or a proxy that throws.
  const message = `The file could not be read: ${error instanceof Error ? error.message : 'it is no plain data'}`;
  return { code: 'document/unreadable', severity: 'error', path: [], message };
}

function parse(text: string, most: number, report: Report): unknown {
  if (text.length > most) throw new TooLarge();
  try {
    return parseJson(text);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return report.error('document/not-json', [], `This is not JSON: ${message}`);
  }
}

/** Whether input is a ZIP archive, as bytes or as bytes that were read as text. */
export function isArchive(input: unknown): boolean {
  if (typeof input === 'string') return input.startsWith(zipHead);
  const bytes = input instanceof ArrayBuffer ? new Uint8Array(input, 0, Math.min(4, input.byteLength)) : input;
  return bytes instanceof Uint8Array && String.fromCharCode(...bytes.subarray(0, 4)) === zipHead;
}
