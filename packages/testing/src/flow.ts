import {
  emptyDocument,
  type FlowDocument,
  type FlowEdge,
  type FlowNode,
  type FlowType,
  type Json,
  type NodeSettings,
  type PortDeclaration,
  type PromotedPort,
  type ZoneSettings,
} from '@loom/graph';

/** Builds a document for a test, short and readable. Every call gives a new builder; `document` is what is built so far. */
export interface FlowBuilder {
  readonly document: FlowDocument;
  /** Adds a node with literals. */
  node(id: string, type: string, inputs?: Readonly<Record<string, Json>>, settings?: NodeSettings): FlowBuilder;
  /** Adds a zone; `settings.zone` says of which kind. */
  zone(id: string, zone: ZoneSettings, inputs?: Readonly<Record<string, Json>>, settings?: NodeSettings): FlowBuilder;
  /** Puts nodes into a zone. */
  into(zone: string, ...nodes: readonly string[]): FlowBuilder;
  /** Adds a subgraph as a node type; promoted ports as `node.port`. */
  subgraph(
    id: string,
    graph: FlowBuilder,
    inputs: Readonly<Record<string, string>>,
    outputs: Readonly<Record<string, string>>,
  ): FlowBuilder;
  /** Connects ports, written as `node.port`; what comes after the first dot is the port, such as `loop.value.next`. */
  wire(source: string, target: string, order?: number): FlowBuilder;
  /** Adds a Python function as a node type of the flow. */
  python(id: string, source: string): FlowBuilder;
  /** Adds a JavaScript module as a node type of the flow; ports as `name: type`. */
  javascript(
    id: string,
    source: string,
    inputs: Readonly<Record<string, string>>,
    outputs: Readonly<Record<string, string>>,
  ): FlowBuilder;
  /** Sets anything else of the document. */
  with(changes: Partial<FlowDocument>): FlowBuilder;
}

/**
 * Starts a fixture document.
 *
 * @example
 * ```ts
 * const { document } = flow().node('one', 'loom/value-number', { value: 1 }).node('sum', 'test/add').wire('one.value', 'sum.a');
 * ```
 */
export function flow(document: FlowDocument = emptyDocument): FlowBuilder {
  const withType = (id: string, type: FlowType): FlowBuilder =>
    flow({ ...document, types: { ...document.types, [id]: type } });
  return {
    document,
    node: (id, type, inputs, settings) => {
      const x = Object.keys(document.nodes).length * 200;
      const node: FlowNode = {
        type,
        position: { x, y: 0 },
        ...(inputs ? { inputs } : {}),
        ...(settings ? { settings } : {}),
      };
      return flow({ ...document, nodes: { ...document.nodes, [id]: node } });
    },
    zone: (id, zone, inputs, settings) => flow(document).node(id, `loom/${zone.kind}`, inputs, { ...settings, zone }),
    into: (zone, ...ids) => {
      const nodes = { ...document.nodes };
      for (const id of ids) {
        const node = nodes[id];
        if (!node) throw new Error(`There is no node "${id}"`);
        nodes[id] = { ...node, parent: zone };
      }
      return flow({ ...document, nodes });
    },
    subgraph: (id, graph, inputs, outputs) => {
      const { nodes, edges } = graph.document;
      return withType(id, { kind: 'subgraph', nodes, edges, inputs: promoted(inputs), outputs: promoted(outputs) });
    },
    wire: (from, to, order) => {
      const [source, sourcePort] = end(from);
      const [target, targetPort] = end(to);
      const edge: FlowEdge = { source, sourcePort, target, targetPort, ...(order === undefined ? {} : { order }) };
      return flow({ ...document, edges: { ...document.edges, [`${from} -> ${to}`]: edge } });
    },
    python: (id, source) => withType(id, { kind: 'python', source }),
    javascript: (id, source, inputs, outputs) =>
      withType(id, { kind: 'javascript', source, inputs: ports(inputs), outputs: ports(outputs) }),
    with: (changes) => flow({ ...document, ...changes }),
  };
}

function end(text: string): [node: string, port: string] {
  const dot = text.indexOf('.');
  if (dot < 1) throw new Error(`"${text}" is not written as node.port`);
  return [text.slice(0, dot), text.slice(dot + 1)];
}

function promoted(ends: Readonly<Record<string, string>>): Record<string, PromotedPort> {
  return Object.fromEntries(
    Object.entries(ends).map(([id, text]) => {
      const [node, port] = end(text);
      return [id, { node, port }];
    }),
  );
}

function ports(types: Readonly<Record<string, string>>): Record<string, PortDeclaration> {
  return Object.fromEntries(Object.entries(types).map(([id, type]) => [id, { type }]));
}
