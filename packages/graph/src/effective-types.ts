import type { FlowEdge } from './document.js';
import { graphIndex } from './graph-index.js';
import type { EdgeId, NodeId, PortId } from './id.js';
import type { Json } from './json.js';
import type { Library } from './library.js';
import { type FlowGraph, nodePorts } from './node-ports.js';
import type { InputPort } from './node-type.js';
import { unify } from './port-type/unify.js';
import { type Bindings, hasVariables, noBindings, substitute } from './port-type/variables.js';
import type { PortType } from './port-type.js';

const any: PortType = { kind: 'any' };

const cache = new WeakMap<FlowGraph, WeakMap<Library, Map<NodeId, Bindings>>>();

/**
 * What the type variables of a node stand for, given the wires and literals at its inputs: with a `list<int>` at an
 * input `list<T>`, `T` is `int`. Follows wires upwards through other nodes with variables, however long the chain.
 * Remembered for each document.
 *
 * @example
 * ```ts
 * const { outputs } = nodePorts(document, library, id);
 * const bindings = resolvePortTypes(document, library, id);
 * outputs.map((port) => formatPortType(substitute(port.type, bindings)));
 * ```
 */
export function resolvePortTypes(document: FlowGraph, library: Library, id: NodeId): Bindings {
  const known = memory(document, library);
  const open = new Set<NodeId>();
  const stack = [id];
  // A stack instead of recursion: a chain of ten thousand generic nodes is a flow like any other.
  while (stack.length > 0) {
    const node = stack[stack.length - 1] as NodeId;
    if (known.has(node)) {
      stack.pop();
      continue;
    }
    const first = !open.has(node);
    open.add(node);
    // The second time, all that can be known above is known; what is still open then lies on a cycle.
    const above = first ? genericSources(document, library, node).filter((up) => !known.has(up) && !open.has(up)) : [];
    if (above.length > 0) for (const up of above) stack.push(up);
    else {
      known.set(
        node,
        bindInputs(document, library, node, (up) => known.get(up)),
      );
      stack.pop();
    }
  }
  return known.get(id) ?? noBindings;
}

/** The type that leaves an output, its variables replaced. What is not known yet counts as `any`. */
export function outputType(document: FlowGraph, library: Library, node: NodeId, port: PortId): PortType {
  const type = nodePorts(document, library, node).outputs.find((output) => output.id === port)?.type ?? any;
  return hasVariables(type) ? substitute(type, resolvePortTypes(document, library, node), any) : type;
}

/** The type that an input has in this flow: variables are replaced where something binds them. */
export function inputType(document: FlowGraph, library: Library, node: NodeId, port: PortId): PortType {
  const type = nodePorts(document, library, node).inputs.find((input) => input.id === port)?.type ?? any;
  return hasVariables(type) ? substitute(type, resolvePortTypes(document, library, node)) : type;
}

/**
 * What one wire into this input must fit. An input that takes several wires receives a list, so each wire must fit
 * the items where its type is a list.
 */
export function wireType(input: InputPort): PortType {
  return input.multiple && input.type.kind === 'list' ? input.type.item : input.type;
}

/** What the variables of a node are known to stand for. */
export type KnownBindings = (node: NodeId) => Bindings | undefined;

/** The bindings of a node from all its inputs, except for what some of its wires bring. */
export function bindInputs(
  document: FlowGraph,
  library: Library,
  id: NodeId,
  known: KnownBindings,
  ignored?: ReadonlySet<EdgeId>,
): Bindings {
  let bindings = noBindings;
  const literals = document.nodes[id]?.inputs ?? {};
  for (const input of nodePorts(document, library, id).inputs) {
    const type = wireType(input);
    if (!hasVariables(type)) continue;
    const edges = graphIndex(document).incomingTo(id, input.id);
    const sources = edges.flatMap((edge) => {
      const wire = ignored?.has(edge) ? undefined : document.edges[edge];
      return wire ? [sourceType(document, library, wire, known)] : [];
    });
    const literal = Object.hasOwn(literals, input.id) ? literals[input.id] : undefined;
    if (edges.length === 0 && literal !== undefined) sources.push(typeOfLiteral(literal));
    for (const source of sources) {
      const result = unify(source, type, bindings);
      if (result.ok) bindings = result.bindings;
    }
  }
  return bindings;
}

function memory(document: FlowGraph, library: Library): Map<NodeId, Bindings> {
  const libraries = cache.get(document) ?? new WeakMap<Library, Map<NodeId, Bindings>>();
  cache.set(document, libraries);
  const known = libraries.get(library) ?? new Map<NodeId, Bindings>();
  libraries.set(library, known);
  return known;
}

function sourceType(document: FlowGraph, library: Library, edge: FlowEdge, known: KnownBindings): PortType {
  const { outputs } = nodePorts(document, library, edge.source);
  const type = outputs.find((output) => output.id === edge.sourcePort)?.type ?? any;
  return substitute(type, known(edge.source) ?? noBindings, any);
}

/** The nodes whose variables must be known before those of this one. */
function genericSources(document: FlowGraph, library: Library, id: NodeId): NodeId[] {
  const index = graphIndex(document);
  const generic = nodePorts(document, library, id).inputs.filter((input) => hasVariables(input.type));
  return generic.flatMap((input) =>
    index.incomingTo(id, input.id).flatMap((edgeId) => {
      const edge = document.edges[edgeId];
      if (!edge) return [];
      const { outputs } = nodePorts(document, library, edge.source);
      const type = outputs.find((output) => output.id === edge.sourcePort)?.type;
      return type && hasVariables(type) ? [edge.source] : [];
    }),
  );
}

/** Lists and objects say nothing sure about what they hold, so only plain literals bind a variable. */
function typeOfLiteral(value: Json): PortType {
  return value === null || typeof value === 'object' ? any : { kind: 'literal', value };
}
