import type { FlowDocument, FlowEdge, FlowNode } from '../document.js';
import { compareEdges, type GraphIndex, graphIndex } from '../graph-index.js';
import type { EdgeId, NodeId, PortId } from '../id.js';

/** One table with writes on top of it. Reading and writing cost the same however large the table is. */
export class TableCopy<Value> {
  readonly #base: Readonly<Record<string, Value>>;
  /** `undefined` stands for an entry that was removed. */
  readonly writes = new Map<string, Value | undefined>();

  constructor(base: Readonly<Record<string, Value>>) {
    this.#base = base;
  }

  get(id: string): Value | undefined {
    const written = this.writes.get(id);
    if (written !== undefined || this.writes.has(id)) return written;
    return Object.hasOwn(this.#base, id) ? this.#base[id] : undefined;
  }

  set(id: string, value: Value): void {
    this.writes.set(id, value);
  }

  remove(id: string): void {
    this.writes.set(id, undefined);
  }

  *entries(): Iterable<[string, Value]> {
    for (const id of Object.keys(this.#base)) {
      const value = this.get(id);
      if (value !== undefined) yield [id, value];
    }
    for (const [id, value] of this.writes) {
      if (value !== undefined && !Object.hasOwn(this.#base, id)) yield [id, value];
    }
  }
}

/** A document in the middle of a transaction: what was, and what the operations so far have written. */
export class WorkingCopy {
  readonly base: FlowDocument;
  readonly nodes: TableCopy<FlowNode>;
  readonly edges: TableCopy<FlowEdge>;
  readonly types: TableCopy<FlowDocument['types'][string]>;
  readonly frames: TableCopy<FlowDocument['frames'][string]>;
  readonly fields = new Map<string, unknown>();
  /** Edges written here, by the nodes at their ends. Removed ones stay in it and are left out when asked. */
  readonly #added = new Map<NodeId, Set<EdgeId>>();
  #children: Map<NodeId, Set<NodeId>> | undefined;

  constructor(base: FlowDocument) {
    this.base = base;
    this.nodes = new TableCopy(base.nodes);
    this.edges = new TableCopy(base.edges);
    this.types = new TableCopy(base.types);
    this.frames = new TableCopy(base.frames);
  }

  /** Most operations ask for no wires, and then there need not be an index. */
  get #index(): GraphIndex {
    return graphIndex(this.base);
  }

  setEdge(id: EdgeId, edge: FlowEdge): void {
    this.edges.set(id, edge);
    for (const node of [edge.source, edge.target]) {
      const ids = this.#added.get(node);
      if (ids) ids.add(id);
      else this.#added.set(node, new Set([id]));
    }
  }

  setNode(id: NodeId, node: FlowNode): void {
    this.nodes.set(id, node);
    if (this.#children && node.parent !== undefined) addChild(this.#children, node.parent, id);
  }

  /** The table of types as it is now; the one of the document as long as no operation wrote a type. */
  typesNow(): FlowDocument['types'] {
    return this.types.writes.size === 0 ? this.base.types : Object.fromEntries(this.types.entries());
  }

  /** The wires that touch a node, now. One that begins and ends at it, or was written again, comes more than once. */
  edgesOf(node: NodeId): EdgeId[] {
    const ids = [...this.#index.incoming(node), ...this.#index.outgoing(node), ...(this.#added.get(node) ?? [])];
    return ids.filter((id) => {
      const edge = this.edges.get(id);
      return edge !== undefined && (edge.source === node || edge.target === node);
    });
  }

  /** The wires at one input, now and in order. */
  edgesTo(node: NodeId, port: PortId): EdgeId[] {
    const [before, added] = [this.#index.incomingTo(node, port), this.#added.get(node)];
    const table: Record<EdgeId, FlowEdge> = {};
    const found: EdgeId[] = [];
    for (const id of before.length > 0 && added ? new Set([...before, ...added]) : (added ?? before)) {
      const edge = this.edges.get(id);
      if (edge?.target !== node || edge.targetPort !== port) continue;
      table[id] = edge;
      found.push(id);
    }
    return found.length < 2 ? found : found.sort((a, b) => compareEdges(table, a, b));
  }

  /** The nodes that lie directly in this one, now. The first question costs one look at every node. */
  childrenOf(parent: NodeId): NodeId[] {
    if (!this.#children) {
      this.#children = new Map();
      for (const [id, node] of this.nodes.entries()) {
        if (node.parent !== undefined) addChild(this.#children, node.parent, id);
      }
    }
    return [...(this.#children.get(parent) ?? [])].filter((id) => this.nodes.get(id)?.parent === parent);
  }
}

function addChild(children: Map<NodeId, Set<NodeId>>, parent: NodeId, child: NodeId): void {
  const ids = children.get(parent);
  if (ids) ids.add(child);
  else children.set(parent, new Set([child]));
}
