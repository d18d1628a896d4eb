import { emptyDocument, type FlowDocument, SCHEMA_VERSION } from '../document.js';
import type { Issue } from '../issue.js';
import type { Library } from '../library.js';
import { check } from '../validate/validate.js';
import { documentFields } from './document-fields.js';
import { readFields } from './fields.js';
import { finishGraph } from './flow-type.js';
import { defaultLimits, type LoadLimits } from './limits.js';
import { isRecord, Reading, TooLarge } from './reading.js';
import { migrate } from './version.js';

/** Options of {@link load}. */
export interface LoadOptions {
  /** When given, the document is also checked against its node types, as {@link validate} does. */
  readonly library?: Library;
  readonly limits?: Partial<LoadLimits>;
}

/** A document, and everything that is to be said about it. */
export interface LoadResult {
  readonly document: FlowDocument;
  readonly issues: readonly Issue[];
}

/**
 * Opens a flow: JSON text, or what was parsed of it. Never throws, never runs anything, and takes a copy. What cannot
 * be kept is left out, each time with an issue that says where and why; what this release does not know is kept as it
 * is. The key `__proto__` is left out wherever it stands. Edges that close a cycle are left out. A file of a newer
 * version gives an empty document, for saving a half-understood one would destroy it.
 *
 * @example
 * ```ts
 * const { document, issues } = load(await file.text());
 * for (const issue of issues) console.warn(issue.path.join('.'), issue.message);
 * ```
 */
export function load(input: unknown, options: LoadOptions = {}): LoadResult {
  const limits = { ...defaultLimits, ...options.limits };
  // What is parsed here is nobody else's; an object of the caller's is left alone.
  const reading = new Reading(limits, typeof input === 'string');
  const document = read(input, reading);
  // Reading took out what closed a cycle.
  const issues = options.library ? [...reading.issues, ...check(document, options.library, true)] : reading.issues;
  return { document, issues };
}

/** Opens what was parsed for nobody else: it is mended in place, and becomes the document. */
export function loadOwned(input: unknown): FlowDocument {
  return read(input, new Reading(defaultLimits, true));
}

function read(input: unknown, reading: Reading): FlowDocument {
  try {
    const raw = typeof input === 'string' ? parse(input, reading) : input;
    // A text that is no JSON was reported where it was parsed.
    if (raw === undefined && typeof input === 'string') return emptyDocument;
    if (!isRecord(raw)) {
      reading.error('document/not-a-flow', undefined, 'This is no flow: a flow is a JSON object.');
      return emptyDocument;
    }
    const current = migrate(raw, reading);
    return current ? readDocument(current, reading) : emptyDocument;
  } catch (error) {
    if (error instanceof TooLarge) reportSize(reading);
    // Only input that is no plain data gets here: a getter or a proxy that throws.
    else reading.error('document/unreadable', undefined, `The flow could not be read: ${String(error)}`);
    return emptyDocument;
  }
}

function parse(text: string, reading: Reading): unknown {
  if (text.length > reading.limits.bytes) throw new TooLarge();
  try {
    // Editors on Windows put a byte order mark before the text, which JSON does not allow.
    return JSON.parse(text.startsWith('\uFEFF') ? text.slice(1) : text);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return reading.error('document/not-json', undefined, `This is not JSON: ${message}`);
  }
}

function reportSize(reading: Reading): void {
  const { nodes, bytes } = reading.limits;
  const message = `The flow is too large: at most ${nodes} nodes and ${bytes} characters are read. Nothing was opened.`;
  reading.error('document/too-large', undefined, message);
}

function readDocument(raw: Readonly<Record<string, unknown>>, reading: Reading): FlowDocument {
  const document: Record<string, unknown> = {
    loom: SCHEMA_VERSION,
    ...readFields(raw, documentFields, reading, undefined),
  };
  for (const table of ['nodes', 'edges', 'types', 'frames', 'environment', 'settings', 'inputs', 'outputs']) {
    document[table] ??= {};
  }
  finishGraph(document, reading, undefined);
  // The readers of the fields made each what its type says, and all tables are there.
  return document as unknown as FlowDocument;
}
