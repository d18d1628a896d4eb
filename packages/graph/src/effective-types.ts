import type { FlowEdge, StreamMode } from './document.js';
import type { NodeId, PortId } from './id.js';
import type { Library } from './library.js';
import { type FlowGraph, nodePorts } from './node-ports.js';
import { hasStreams, typeOfOutput, typingOf } from './node-typing.js';
import { type Bindings, hasVariables, substitute } from './port-type/variables.js';
import type { PortType } from './port-type.js';
import { streamModeAt } from './stream-mode.js';

const any: PortType = { kind: 'any' };

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
  return typingOf({ document, library }, id).bindings;
}

/**
 * The type that leaves an output, its variables replaced. What is not known yet counts as `any`. A node that takes the
 * items of a stream one by one gives streams.
 *
 * @example
 * ```ts
 * formatPortType(outputType(document, library, 'mean', 'result')); // 'number'
 * ```
 */
export function outputType(document: FlowGraph, library: Library, node: NodeId, port: PortId): PortType {
  const graph = { document, library };
  const output = nodePorts(document, library, node).outputs.find(({ id }) => id === port);
  if (!output) return any;
  return hasVariables(output.type) || hasStreams(graph) ? typeOfOutput(output, typingOf(graph, node)) : output.type;
}

/**
 * The type that an input has in this flow: variables are replaced where something binds them.
 *
 * @example
 * ```ts
 * formatPortType(inputType(document, library, 'mean', 'values')); // 'list<number>'
 * ```
 */
export function inputType(document: FlowGraph, library: Library, node: NodeId, port: PortId): PortType {
  const type = nodePorts(document, library, node).inputs.find((input) => input.id === port)?.type ?? any;
  return hasVariables(type) ? substitute(type, resolvePortTypes(document, library, node)) : type;
}

/**
 * How the stream on a wire is taken at its end; undefined when the wire carries no stream. The items of a for-each count
 * as `collect`, and are taken as they come.
 *
 * @example
 * ```ts
 * if (wireStreamMode(document, library, edge) === 'each') console.log('The node runs once for each item.');
 * ```
 */
export function wireStreamMode(document: FlowGraph, library: Library, edge: FlowEdge): StreamMode | undefined {
  if (outputType(document, library, edge.source, edge.sourcePort).kind !== 'stream') return undefined;
  const input = nodePorts(document, library, edge.target).inputs.find(({ id }) => id === edge.targetPort);
  return input && streamModeAt(document.nodes[edge.target], input);
}
