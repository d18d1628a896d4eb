import type { FlowEdge } from '../document.js';
import type { FieldReader } from './fields.js';
import * as field from './fields.js';
import { below } from './path.js';
import { isRecord } from './reading.js';

const edgeFields = field.fields({
  source: field.name,
  sourcePort: field.name,
  target: field.name,
  targetPort: field.name,
  order: field.number(),
});

export const edge: FieldReader<FlowEdge> = (value, reading, path, key) => {
  // What was parsed is plain data, and most of it is right: then there is nothing to mend.
  if (reading.owned && isPlainEdge(value)) return value;
  const inner = below(path, key);
  if (!isRecord(value)) return reading.error('edge/not-object', inner, `Edge "${key}" is no object and was left out.`);
  const read = field.readFields(value, edgeFields, reading, inner);
  for (const end of ['source', 'sourcePort', 'target', 'targetPort']) {
    if (read[end] === undefined) {
      return reading.error('edge/no-end', inner, `Edge "${key}" has no ${end} and was left out.`);
    }
  }
  return read as unknown as FlowEdge;
};

/** Whether this is an edge as it should be, with nothing else in it. */
function isPlainEdge(value: unknown): value is FlowEdge {
  if (!isRecord(value) || Object.keys(value).length !== 4) return false;
  return isName(value.source) && isName(value.sourcePort) && isName(value.target) && isName(value.targetPort);
}

function isName(value: unknown): boolean {
  return typeof value === 'string' && value !== '';
}
