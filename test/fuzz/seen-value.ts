import type { OutputSummary, TablePage } from '@loom/engine';
import type { Json } from '@loom/graph';
import type { SeenValue } from '@loom/testing';

const TABLE = 'application/vnd.loom.table+json';
const TREE = 'application/vnd.loom.tree+json';

/** The value that a picture shows, where it shows all of it. */
export function seenValue({ typeName, preview, isStream }: OutputSummary): SeenValue {
  const { data, truncated } = preview;
  if (truncated || isStream) return { kind: 'cut' };
  if (data[TABLE] !== undefined) return { kind: 'whole', value: rowsOf(data[TABLE] as unknown as TablePage) };
  if (data[TREE] !== undefined) return isCut(data[TREE]) ? { kind: 'cut' } : { kind: 'whole', value: data[TREE] };
  const text = data['text/plain'];
  switch (typeName) {
    case 'number':
      return { kind: 'whole', value: Number(text) };
    case 'boolean':
      return { kind: 'whole', value: text === 'true' };
    case 'string':
      return { kind: 'whole', value: text };
    case 'null':
      return { kind: 'whole', value: null };
    default:
      return { kind: 'whole', value: { typeName, text } };
  }
}

function rowsOf({ columns, rows }: TablePage): unknown[] {
  return rows.map((row) => Object.fromEntries(columns.map(({ name }, i) => [name, row[i]])));
}

/** Whether something is missing. What JSON does not have stays a mark, for no fuzz flow has it. */
function isCut(json: Json): boolean {
  if (typeof json !== 'object' || json === null) return false;
  return Object.entries(json).some(([key, part]) => key === '$cut' || isCut(part));
}
