import type { EdgeView, FlowEdge, Position } from '../document.js';
import type { FieldReader } from './fields.js';
import * as field from './fields.js';
import { position } from './node.js';
import { below } from './path.js';
import { isRecord } from './reading.js';

/** More points than anybody draws: a file must not make one wire cost as much as a flow. */
const mostPoints = 1000;

const points: FieldReader<Position[]> = (value, reading, path, key) => {
  const read = field.listOf(position)(value, reading, path, key);
  if (read === undefined || read.length <= mostPoints) return read;
  reading.warning(
    'edge/too-many-points',
    below(path, key),
    `A wire has at most ${mostPoints} points; the rest was left out.`,
  );
  return read.slice(0, mostPoints);
};

export const edgeView = field.object(field.fields({ points })) as FieldReader<EdgeView>;

const edgeFields = field.fields({
  source: field.name,
  sourcePort: field.name,
  target: field.name,
  targetPort: field.name,
  order: field.number(),
  view: edgeView,
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
