import type { FlowDocument } from '../document.js';
import type { Issue } from '../issue.js';
import type { Json } from '../json.js';
import type { Library } from '../library.js';
import type { InputPort } from '../node-type.js';
import { literalProblem } from '../port-type/literal.js';
import { topologicalOrder } from '../topology.js';
import { checkEdges } from './edges.js';
import { checkTypes } from './flow-types.js';
import { checkNodes } from './nodes.js';
import { checkPlaces } from './places.js';
import { checkPromotedPorts } from './promoted-ports.js';
import { type InputCheck, type WiredGraph, wireGraph } from './wired-graph.js';

/** Options of {@link validate}. */
export interface ValidateOptions {
  /**
   * Says why a value cannot be the literal of an input, or nothing when it can. `inputProblem` of `@loom/graph/schema` also asks the JSON
   * Schemas of inputs, as plans do.
   *
   * @default by the type of the input
   */
  readonly checkInput?: InputCheck | undefined;
}

/** A list where wires would give one is not looked into. */
function checkType(value: Json, { type, multiple }: InputPort): string | undefined {
  return multiple && Array.isArray(value) ? undefined : literalProblem(value, type);
}

/**
 * Checks what a document means with the node types at hand: unknown types, faults in sources, wires whose ports are
 * gone, whose types do not fit or that leave a zone, cycles, literals of the wrong type, inputs that nothing feeds, settings
 * that the node cannot follow. Runs nothing.
 *
 * An unfinished flow is a flow: `node/missing-input` is a warning, for only a run of that node needs it.
 *
 * @example
 * ```ts
 * const faults = validate(document, library, { checkInput: inputProblem }).filter((issue) => issue.severity === 'error');
 * ```
 */
export function validate(document: FlowDocument, library: Library, options: ValidateOptions = {}): readonly Issue[] {
  return check(document, library, false, options.checkInput);
}

/**
 * Does what {@link validate} does.
 *
 * @param isAcyclic - No graph in the document has a cycle, which need not be found out again then.
 */
export function check(
  document: FlowDocument,
  library: Library,
  isAcyclic: boolean,
  checkInput: InputCheck = checkType,
): readonly Issue[] {
  return [
    ...checkTypes(document, library),
    ...checkGraph(wireGraph(document, library, [], checkInput), isAcyclic, false),
    ...checkSubgraphs(document, library, isAcyclic, checkInput),
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

function checkSubgraphs(document: FlowDocument, library: Library, isAcyclic: boolean, checkInput: InputCheck): Issue[] {
  return Object.entries(document.types).flatMap(([id, type]) => {
    if (type.kind !== 'subgraph') return [];
    const { nodes, edges, inputs = {}, outputs = {} } = type;
    const graph = wireGraph(
      { nodes, edges, inputs, outputs, types: document.types },
      library,
      ['types', id],
      checkInput,
    );
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
