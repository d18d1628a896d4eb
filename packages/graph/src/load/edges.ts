import type { FlowEdge, FlowNode } from '../document.js';
import type { FieldReader } from './fields.js';
import * as field from './fields.js';
import type { Path, Reading } from './reading.js';
import { isRecord } from './reading.js';

const edgeFields = field.fields({
  source: field.name,
  sourcePort: field.name,
  target: field.name,
  targetPort: field.name,
  order: field.number(),
});

export const edge: FieldReader<FlowEdge> = (value, reading, path, key) => {
  const inner = [...path, key];
  if (!isRecord(value)) return reading.error('edge/not-object', inner, `Edge "${key}" is no object and was left out.`);
  const read = field.readFields(value, edgeFields, reading, inner);
  for (const end of ['source', 'sourcePort', 'target', 'targetPort']) {
    if (read[end] === undefined) {
      return reading.error('edge/no-end', inner, `Edge "${key}" has no ${end} and was left out.`);
    }
  }
  return read as unknown as FlowEdge;
};

/** Whether two edges connect the same ports. Lengths stand before ids, so that no two pairs of ids read the same. */
export function sameWireKey({ source, sourcePort, target, targetPort }: FlowEdge): string {
  return `${source.length}:${source}${sourcePort.length}:${sourcePort}${target.length}:${target}${targetPort}`;
}

/** Removes edges whose ends are missing, and all but the first between the same two ports. */
export function dropImpossibleEdges(
  edges: Record<string, FlowEdge>,
  nodes: Readonly<Record<string, FlowNode>>,
  reading: Reading,
  path: Path,
): void {
  const seen = new Map<string, string>();
  for (const [id, edge] of Object.entries(edges)) {
    const missing = [edge.source, edge.target].find((node) => !Object.hasOwn(nodes, node));
    if (missing !== undefined) {
      reading.error('edge/dangling', [...path, id], `Edge "${id}" was left out: there is no node "${missing}".`);
      delete edges[id];
      continue;
    }
    const key = sameWireKey(edge);
    const first = seen.get(key);
    if (first !== undefined) {
      reading.warning('edge/duplicate', [...path, id], `Edge "${id}" was left out: it repeats edge "${first}".`);
      delete edges[id];
    } else seen.set(key, id);
  }
}
