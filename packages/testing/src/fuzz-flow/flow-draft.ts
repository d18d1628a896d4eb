import {
  canConnect,
  type FlowEdge,
  type FlowGraph,
  type FlowNode,
  type FlowType,
  type Library,
  type NodeId,
  type NodePorts,
  nodePorts,
  type PortId,
} from '@loom/graph';

/** An output that can be wired from. */
export interface Source {
  readonly node: NodeId;
  readonly port: PortId;
  readonly kind: 'any' | 'bool' | 'list' | 'stream';
}

/** A graph that grows. */
export class FlowDraft {
  readonly nodes: Record<NodeId, FlowNode> = {};
  readonly edges: Record<string, FlowEdge> = {};
  readonly types: Readonly<Record<string, FlowType>>;
  readonly #library: Library;

  readonly #prefix: string;

  constructor(types: Readonly<Record<string, FlowType>>, library: Library, prefix = 'n') {
    this.#prefix = prefix;
    this.types = types;
    this.#library = library;
  }

  add(node: Omit<FlowNode, 'position'>): NodeId {
    const id = `${this.#prefix}${Object.keys(this.nodes).length}`;
    this.nodes[id] = { ...node, position: { x: 0, y: 0 } };
    return id;
  }

  change(id: NodeId, changes: Partial<FlowNode>): void {
    const node = this.nodes[id];
    if (node) this.nodes[id] = { ...node, ...changes };
  }

  /** Adds a wire where one may be. Returns whether it did. */
  wire(source: Source, target: NodeId, targetPort: PortId, order: number): boolean {
    const edge = { source: source.node, sourcePort: source.port, target, targetPort };
    const check = canConnect(this.#graph, this.#library, edge);
    if (check.ok) this.wireAnyhow(source, target, targetPort, order);
    return check.ok;
  }

  wireAnyhow(source: Source, target: NodeId, targetPort: PortId, order = 0): void {
    const edge = { source: source.node, sourcePort: source.port, target, targetPort };
    this.edges[`e${Object.keys(this.edges).length}`] = order === 0 ? edge : { ...edge, order };
  }

  wiresTo(target: NodeId): number {
    return Object.values(this.edges).filter((edge) => edge.target === target).length;
  }

  isWired(target: NodeId, port: PortId): boolean {
    return Object.values(this.edges).some((edge) => edge.target === target && edge.targetPort === port);
  }

  ports(id: NodeId): NodePorts {
    return nodePorts(this.#graph, this.#library, id);
  }

  /** As it is now: what is known of a graph is kept by the identity of its parts. */
  get #graph(): FlowGraph {
    return { nodes: { ...this.nodes }, edges: { ...this.edges }, types: this.types };
  }

  /** The outputs of a node that are on this side of it; all are streams when it takes items one by one. */
  sources(id: NodeId, side: 'outer' | 'inner', areStreams = false): Source[] {
    const outputs = this.ports(id).outputs.filter(({ inner = false }) => inner === (side === 'inner'));
    return outputs.map(({ id: port, type }) => {
      const { kind } = type;
      if (areStreams || kind === 'stream') return { node: id, port, kind: 'stream' };
      return { node: id, port, kind: kind === 'bool' || kind === 'list' ? kind : 'any' };
    });
  }
}
