import type { FlowDocument } from '../document.js';
import type { Issue } from '../issue.js';
import type { Library } from '../library.js';
import { topologicalOrder } from '../topology.js';
import { checkEdges } from './edges.js';
import { checkTypes } from './flow-types.js';
import { checkNodes } from './nodes.js';
import { checkPlaces } from './places.js';
import { checkPromotedPorts } from './promoted-ports.js';
import { type WiredGraph, wireGraph } from './wired-graph.js';

/**
 * Checks what a document means with the node types at hand: unknown types, faults in sources, wires whose ports are
 * gone, whose types do not fit or that leave a zone, cycles, literals of the wrong type, inputs that nothing feeds, settings
 * that the node cannot follow. Runs nothing.
 *
 * An unfinished flow is a flow: `node/missing-input` is a warning, for only a run of that node needs it.
 *
 * @example
 * ```ts
 * const faults = validate(document, library).filter((issue) => issue.severity === 'error');
 * ```
 */
export function validate(document: FlowDocument, library: Library): readonly Issue[] {
  return check(document, library, false);
}

/**
 * Does what {@link validate} does.
 *
 * @param isAcyclic - No graph in the document has a cycle, which need not be found out again then.
 */
export function check(document: FlowDocument, library: Library, isAcyclic: boolean): readonly Issue[] {
  return [
    ...checkTypes(document, library),
    ...checkGraph(wireGraph(document, library, []), isAcyclic, false),
    ...checkSubgraphs(document, library, isAcyclic),
  ];
}

function checkGraph(graph: WiredGraph, isAcyclic: boolean, isSubgraph: boolean): Issue[] {
  return [
    ...checkNodes(graph),
    ...checkPlaces(graph, isSubgraph),
    ...checkEdges(graph),
    ...(isAcyclic ? [] : checkCycle(graph)),
    ...checkPromotedPorts(graph),
  ];
}

function checkSubgraphs(document: FlowDocument, library: Library, isAcyclic: boolean): Issue[] {
  return Object.entries(document.types).flatMap(([id, type]) => {
    if (type.kind !== 'subgraph') return [];
    const { nodes, edges, inputs = {}, outputs = {} } = type;
    const graph = wireGraph({ nodes, edges, inputs, outputs, types: document.types }, library, ['types', id]);
    return checkGraph(graph, isAcyclic, true);
  });
}

function checkCycle({ document, path }: WiredGraph): Issue[] {
  const { cycle } = topologicalOrder(document);
  if (!cycle) return [];
  const names = cycle.map((id) => `"${id}"`).join(' → ');
  const message = `These nodes wait for each other and cannot run: ${names}. Remove one wire, or use a zone to repeat.`;
  return [{ code: 'graph/cycle', severity: 'error', path: [...path, 'nodes', cycle[0] ?? ''], message }];
}
