import type { FlowDocument } from './document.js';
import { LoomError } from './error.js';

/** Options of {@link save}. */
export interface SaveOptions {
  /** Spaces per level; 0 writes one line. @default 2 */
  readonly indent?: number;
}

const topKeys = ['loom', 'title', 'description', 'nodes', 'edges', 'types', 'frames'].concat([
  ...['environment', 'settings', 'inputs', 'outputs', 'meta'],
]);
const nodeKeys = ['type', 'typeVersion', 'label', 'position', 'size', 'parent', 'inputs', 'settings', 'view'];
const edgeKeys = ['source', 'sourcePort', 'target', 'targetPort', 'order', 'view'];
const optionalTables = new Set(['types', 'frames', 'environment', 'settings', 'inputs', 'outputs']);

/**
 * Writes a flow as text, the same text for the same flow: known fields in a fixed order, then those that this release
 * does not know, as they came. Nodes and edges keep their order, which is the order they are drawn and run in among
 * equals. {@link load} reads it back.
 *
 * @throws LoomError `document/not-json` when the document holds what JSON cannot say.
 * @example
 * ```ts
 * await writeFile('flow.json', save(document));
 * ```
 */
export function save(document: FlowDocument, options: SaveOptions = {}): string {
  const ordered = order(document, topKeys);
  for (const table of optionalTables) if (isEmpty(ordered[table])) delete ordered[table];
  ordered.nodes = mapValues(document.nodes, (node) => order(node, nodeKeys));
  ordered.edges = mapValues(document.edges, (edge) => order(edge, edgeKeys));
  try {
    return `${JSON.stringify(ordered, null, options.indent ?? 2)}\n`;
  } catch (cause) {
    throw new LoomError('document/not-json', 'The flow holds a value that cannot be written as JSON.', { cause });
  }
}

function order(source: object, keys: readonly string[]): Record<string, unknown> {
  const record = source as Readonly<Record<string, unknown>>;
  const ordered: Record<string, unknown> = {};
  for (const key of keys) if (record[key] !== undefined) ordered[key] = record[key];
  for (const key of Object.keys(record)) if (!Object.hasOwn(ordered, key)) ordered[key] = record[key];
  return ordered;
}

function mapValues<Value>(table: Readonly<Record<string, Value>>, map: (value: Value) => unknown): object {
  const result: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(table)) result[key] = map(value);
  return result;
}

function isEmpty(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}
