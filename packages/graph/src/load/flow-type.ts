import type { FlowEdge, FlowNode, FlowType, PromotedPort } from '../document.js';
import { keepIndex } from '../graph-index.js';
import { listOf, numberEdges } from '../wiring.js';
import { bodiesOf } from '../zone-body.js';
import { breakCycles } from './cycles.js';
import { dropDuplicates } from './duplicates.js';
import { edge } from './edge.js';
import type { FieldReader } from './fields.js';
import * as field from './fields.js';
import { node } from './node.js';
import { dropImpossibleParents } from './parents.js';
import { below, type Path } from './path.js';
import { portFields, ports } from './port.js';
import { isRecord, type List, type Reading } from './reading.js';

const promotedFields = field.fields({ ...portFields, node: field.name, port: field.name });

/** A promoted port. Whether its node exists is checked when all nodes are known. */
export const promotedPort: FieldReader<PromotedPort> = (value, reading, path, key) => {
  const inner = below(path, key);
  const read = isRecord(value) ? field.readFields(value, promotedFields, reading, inner) : {};
  if (typeof read.node === 'string' && typeof read.port === 'string') return read as unknown as PromotedPort;
  return reading.error('document/wrong-port', inner, `The port "${key}" names no node and port and was left out.`);
};

const about = { title: field.text, description: field.text, category: field.text, kind: field.name };
const pythonFields = field.fields({ ...about, source: field.text, entry: field.name });
const javaScriptFields = field.fields({
  ...about,
  source: field.text,
  inputs: ports,
  outputs: ports,
  pure: field.flag,
});
const subgraphFields = field.fields({
  ...about,
  nodes: field.countedTable(node, 'node'),
  edges: field.countedTable(edge, 'edge'),
  inputs: field.tableOf(promotedPort),
  outputs: field.tableOf(promotedPort),
});

/** A type of the flow. One of an unknown kind is kept as it is: a later release, or the app, may know it. */
export const flowType: FieldReader<FlowType> = (value, reading, path, key) => {
  const inner = below(path, key);
  if (!isRecord(value) || typeof value.kind !== 'string') {
    return reading.error('type/no-kind', inner, `The type "${key}" says no kind and was left out.`);
  }
  switch (value.kind) {
    case 'python':
    case 'javascript': {
      const known = value.kind === 'python' ? pythonFields : javaScriptFields;
      const read = field.readFields(value, known, reading, inner);
      if (read.source === undefined) {
        return reading.error('type/no-source', inner, `The type "${key}" has no source and was left out.`);
      }
      return read as unknown as FlowType;
    }
    case 'subgraph': {
      const read = field.readFields(value, subgraphFields, reading, inner);
      finishGraph(read, reading, inner);
      return read as unknown as FlowType;
    }
    default: {
      const message = `The type "${key}" is of the kind "${value.kind}", which this version does not know. It is kept as it is.`;
      reading.error('type/unknown-kind', inner, message);
      return reading.take(value, inner) as unknown as FlowType | undefined;
    }
  }
};

/** Of a table that was not there. */
const noList: List<unknown> = { ids: [], values: [] };

/** Checks what needs the whole graph: ends of edges, parents, cycles, promoted ports. */
export function finishGraph(graph: Record<string, unknown>, reading: Reading, path: Path | undefined): void {
  const nodes = (graph.nodes ?? {}) as Record<string, FlowNode>;
  const edges = (graph.edges ?? {}) as Record<string, FlowEdge>;
  graph.nodes = nodes;
  graph.edges = edges;
  const edgesPath = below(path, 'edges');
  const nodeList = (reading.listOf(nodes) ?? noList) as List<FlowNode>;
  const edgeList = (reading.listOf(edges) ?? noList) as List<FlowEdge>;
  const onOther = (id: string, missing: string): void => {
    reading.error('edge/dangling', below(edgesPath, id), `Edge "${id}" was left out: there is no node "${missing}".`);
    delete edges[id];
  };
  const wiring = numberEdges(nodeList.ids, edgeList, { onOther });
  const removed = dropDuplicates(edges, wiring, reading, edgesPath);
  dropImpossibleParents(nodes, nodeList, reading, below(path, 'nodes'));
  const bodies = bodiesOf(nodes, nodeList.values);
  const needs = bodies ? numberEdges(nodeList.ids, listOf(edges), { bodies }) : wiring;
  const hadCycle = breakCycles(edges, needs, bodies ? new Set() : removed, reading, edgesPath);
  // What was numbered here need not be numbered again by who looks at the edges next.
  if (removed.size === 0 && !hadCycle) keepIndex(edges, wiring);
  for (const side of ['inputs', 'outputs']) {
    const promoted = (graph[side] ?? {}) as Record<string, PromotedPort>;
    for (const [name, port] of Object.entries(promoted)) {
      if (Object.hasOwn(nodes, port.node)) continue;
      reading.error(
        'document/wrong-port',
        below(below(path, side), name),
        `The port "${name}" was left out: there is no node "${port.node}".`,
      );
      delete promoted[name];
    }
  }
}
