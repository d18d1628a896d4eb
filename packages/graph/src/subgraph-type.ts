import { contentHash } from './content-hash.js';
import type { PromotedPort, SubgraphFlowType } from './document.js';
import type { TypeId } from './id.js';
import type { InputPort, NodeType, OutputPort, TypeProblem } from './node-type.js';
import { readInputPort, readOutputPort } from './port-declaration.js';

/** Finds the type of a node inside the subgraph. Gives undefined for unknown types, and where a subgraph would contain itself. */
type ResolveInner = (id: TypeId) => NodeType | undefined;

/** The node type of a subgraph: its promoted ports, each as declared or else as the inner port is. */
export function readSubgraphType(id: TypeId, type: SubgraphFlowType, resolve: ResolveInner): NodeType {
  const problems: TypeProblem[] = [];
  const innerType = (promoted: PromotedPort): NodeType | undefined => {
    const node = Object.hasOwn(type.nodes, promoted.node) ? type.nodes[promoted.node] : undefined;
    return node && resolve(node.type);
  };
  const inputs = Object.entries(type.inputs ?? {}).map(([port, promoted]): InputPort => {
    const inner = innerType(promoted)?.inputs.find((input) => input.id === promoted.port);
    const declared = readInputPort(port, promoted, problems);
    if (!inner) return declared;
    const { id: _id, ...rest } = inner;
    return { ...rest, ...declared, title: promoted.title ?? inner.title, ...keep(promoted, inner) };
  });
  const outputs = Object.entries(type.outputs ?? {}).map(([port, promoted]): OutputPort => {
    const inner = innerType(promoted)?.outputs.find((output) => output.id === promoted.port);
    const declared = readOutputPort(port, promoted, problems);
    return inner ? { ...declared, type: promoted.type === undefined ? inner.type : declared.type } : declared;
  });
  return {
    id,
    title: type.title ?? id,
    ...(type.description !== undefined && { description: type.description }),
    ...(type.category !== undefined && { category: type.category }),
    version: 1,
    inputs,
    outputs,
    pure: false,
    implementation: { kind: 'subgraph', revision: contentHash(JSON.stringify(type)) },
    problems,
  };
}

/** What a declaration that says nothing takes over from the inner port. */
function keep(promoted: PromotedPort, inner: InputPort): Partial<InputPort> {
  return {
    ...(promoted.type === undefined && { type: inner.type }),
    ...(promoted.required === undefined && promoted.default === undefined && { required: inner.required }),
  };
}
