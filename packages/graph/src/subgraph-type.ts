import { contentHash } from './content-hash.js';
import type { FlowNode, PromotedPort, SubgraphFlowType } from './document.js';
import type { TypeId } from './id.js';
import type { Json } from './json.js';
import type { InputPort, NodeType, OutputPort, TypeProblem } from './node-type.js';
import { typeAsSet } from './node-type-of.js';
import { readInputPort, readOutputPort } from './port-declaration.js';

/** Finds the type of a node inside the subgraph. Gives undefined for unknown types, and where a subgraph would contain itself. */
type ResolveInner = (id: TypeId) => NodeType | undefined;

/** The node type of a subgraph: its promoted ports, each as declared or else as the inner port is. */
export function readSubgraphType(id: TypeId, graph: SubgraphFlowType, resolve: ResolveInner): NodeType {
  const problems: TypeProblem[] = [];
  const innerType = (promoted: PromotedPort): NodeType | undefined => {
    const node = Object.hasOwn(graph.nodes, promoted.node) ? graph.nodes[promoted.node] : undefined;
    return node && typeAsSet(node, resolve(node.type));
  };
  const inputs = Object.entries(graph.inputs ?? {}).map(([port, promoted]): InputPort => {
    const inner = innerType(promoted)?.inputs.find((input) => input.id === promoted.port);
    const declared = readInputPort(port, promoted, problems);
    if (!inner) return declared;
    const { id: _id, ...rest } = inner;
    return {
      ...rest,
      ...declared,
      title: promoted.title ?? inner.title,
      ...keep(promoted, inner, literalOf(graph.nodes, promoted)),
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
