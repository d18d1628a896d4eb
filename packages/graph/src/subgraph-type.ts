import { contentHash } from './content-hash.js';
import type { FlowNode, PromotedPort, SubgraphFlowType } from './document.js';
import type { TypeId } from './id.js';
import type { Json } from './json.js';
import type { InputPort, NodeType, OutputPort, TypeProblem } from './node-type.js';
import { typeAsSet } from './node-type-of.js';
import { readInputPort, readOutputPort } from './port-declaration.js';
import { wireType } from './stream-mode.js';

/** Finds the type of a node inside the subgraph. Gives undefined for unknown types, and where a subgraph would contain itself. */
type ResolveInner = (id: TypeId) => NodeType | undefined;

/** The node type of a subgraph: its promoted ports, each as declared or else as the inner port is. An input takes one wire. */
export function readSubgraphType(id: TypeId, graph: SubgraphFlowType, resolve: ResolveInner): NodeType {
  const problems: TypeProblem[] = [];
  const innerType = (promoted: PromotedPort): NodeType | undefined => {
    const node = Object.hasOwn(graph.nodes, promoted.node) ? graph.nodes[promoted.node] : undefined;
    return node && typeAsSet(node, resolve(node.type));
  };
  const inputs = Object.entries(graph.inputs ?? {}).map(([port, promoted]): InputPort => {
    const found = innerType(promoted)?.inputs.find((input) => input.id === promoted.port);
    const { multiple: _multiple, ...declared } = readInputPort(port, promoted, problems);
    if (!found) return declared;
    const literal = literalOf(graph.nodes, promoted);
    const inner = found.multiple ? oneWireInto(found, literal) : found;
    const { id: _id, ...rest } = inner;
    return {
      ...rest,
      ...declared,
      title: promoted.title ?? inner.title,
      ...keep(promoted, inner, found.multiple ? undefined : literal),
    };
  });
  const outputs = Object.entries(graph.outputs ?? {}).map(([port, promoted]): OutputPort => {
    const inner = innerType(promoted)?.outputs.find((output) => output.id === promoted.port);
    const declared = readOutputPort(port, promoted, problems);
    return inner ? { ...declared, type: promoted.type === undefined ? inner.type : declared.type } : declared;
  });
  return {
    id,
    title: graph.title ?? id,
    ...(graph.description !== undefined && { description: graph.description }),
    ...(graph.category !== undefined && { category: graph.category }),
    version: 1,
    inputs,
    outputs,
    pure: false,
    implementation: { kind: 'subgraph', revision: contentHash(JSON.stringify(graph)) },
    problems,
  };
}

/** One of the wires into an input that takes several. What the input has by itself is a list, and nothing that comes by a wire. */
function oneWireInto(input: InputPort, literal: Json | undefined): InputPort {
  const { multiple: _multiple, default: byDefault, ...one } = input;
  const isGiven = byDefault !== undefined || literal !== undefined;
  return { ...one, type: wireType(input), required: input.required && !isGiven };
}

/** What a declaration that says nothing takes over from the inner port. */
function keep(promoted: PromotedPort, inner: InputPort, literal: Json | undefined): Partial<InputPort> {
  return {
    ...(promoted.type === undefined && { type: inner.type }),
    ...(promoted.required === undefined &&
      promoted.default === undefined && { required: inner.required && literal === undefined }),
    ...(promoted.default === undefined && literal !== undefined && { default: literal }),
  };
}

/** What the inner input has itself. */
function literalOf(nodes: Readonly<Record<string, FlowNode>>, { node, port }: PromotedPort): Json | undefined {
  const inputs = Object.hasOwn(nodes, node) ? nodes[node]?.inputs : undefined;
  return inputs && Object.hasOwn(inputs, port) ? inputs[port] : undefined;
}
