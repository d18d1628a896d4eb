import {
  type FlowDocument,
  graphIndex,
  type InputPort,
  type Json,
  type Library,
  literalProblem,
  type NodeId,
  nodePorts,
  nodeTypeOf,
  type OutputPort,
  type PortId,
  type TypeId,
} from '@loom/graph';

/** An input of the form: `port` has what the form needs to know; `node` is where its value goes. */
export interface AppInput {
  readonly port: InputPort;
  readonly node: NodeId;
}

/** A result. */
export interface AppOutput {
  readonly id: string;
  readonly title: string;
  readonly help?: string;
  readonly node: NodeId;
  readonly port: PortId;
}

/** What a flow asks for and gives. */
export interface AppPorts {
  readonly inputs: readonly AppInput[];
  readonly outputs: readonly AppOutput[];
}

/** A name that no type of a flow has. */
const FLOW_AS_TYPE: TypeId = 'loom:app';

/** The promoted ports of a flow. Where it promotes no output, what it gives at its ends counts. */
export function appPorts(document: FlowDocument, library: Library): AppPorts {
  const { nodes, edges, inputs, outputs } = document;
  // A flow with promoted ports is what a subgraph is: types, titles, defaults and widgets come about in the same way.
  const types = { ...document.types, [FLOW_AS_TYPE]: { kind: 'subgraph', nodes, edges, inputs, outputs } as const };
  const type = library.resolve({ types }, FLOW_AS_TYPE);
  return {
    inputs: (type?.inputs ?? []).flatMap((port) => {
      const promoted = inputs[port.id];
      return promoted === undefined ? [] : { port, node: promoted.node };
    }),
    outputs:
      Object.keys(outputs).length === 0
        ? ends(document, library)
        : (type?.outputs ?? []).flatMap(({ id, title, help }) => {
            const promoted = outputs[id];
            if (promoted === undefined) return [];
            const { node, port } = promoted;
            return { id, title, node, port, ...(help !== undefined && { help }) };
          }),
  };
}

/** Outputs that no wire leads on from, of nodes that lie in nothing. */
function ends(document: FlowDocument, library: Library): readonly AppOutput[] {
  const index = graphIndex(document);
  return Object.entries(document.nodes).flatMap(([node, flowNode]) => {
    if (flowNode.parent !== undefined) return [];
    const taken = new Set(index.outgoing(node).map((edge) => document.edges[edge]?.sourcePort));
    const title = flowNode.label ?? nodeTypeOf(document, library, flowNode)?.title ?? flowNode.type;
    const outputs = nodePorts(document, library, node).outputs.filter(({ inner }) => inner !== true);
    return outputs
      .filter(({ id }) => !taken.has(id))
      .map((port) => ({
        id: `${node}.${port.id}`,
        title: titleOf(title, port, outputs.length),
        node,
        port: port.id,
      }));
  });
}

function titleOf(node: string, port: OutputPort, outputs: number): string {
  return outputs === 1 ? node : `${node}: ${port.title}`;
}

/** What keeps a value from being run with; undefined when nothing does. */
export function inputProblem(port: InputPort, value: Json | undefined): 'needed' | 'unfit' | undefined {
  if (value === undefined) return port.required && port.default === undefined ? 'needed' : undefined;
  return literalProblem(value, port.type) === undefined ? undefined : 'unfit';
}
