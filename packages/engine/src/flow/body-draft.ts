import {
  type FlowEdge,
  type FlowGraph,
  type FlowNode,
  type Library,
  type NodeId,
  type NodeSettings,
  type NodeType,
  nodeTypeOf,
  type OutputPort,
  type PortId,
  type PromotedPort,
  type TypeId,
} from '@loom/graph';
import { type CompiledFlow, type Container, Join } from './compiled-flow.js';
import { orderNodes } from './order.js';

/** What all bodies of a document have in common. */
export interface DraftContext {
  readonly document: CompiledFlow['document'];
  /** Nodes, edges and types of the document, or of the subgraph that the bodies belong to. */
  readonly graph: FlowGraph;
  readonly library: Library;
  /** Subgraphs around this graph, outermost first. */
  readonly within?: readonly TypeId[];
}

/** What a subgraph receives and gives: its promoted ports. */
export interface Boundary {
  readonly node: FlowNode;
  readonly inputs: readonly (readonly [PortId, PromotedPort])[];
  readonly outputs: readonly (readonly [PortId, PromotedPort])[];
}

const nothing: ReadonlySet<number> = new Set();

/** Collects the nodes and edges of one body, and turns them into arrays. */
export class BodyDraft {
  readonly ids: NodeId[] = [];
  readonly nodes: FlowNode[] = [];
  readonly types: (NodeType | undefined)[] = [];
  readonly indexOf = new Map<NodeId, number>();
  readonly escaping = new Set<number>();
  readonly recursive = new Set<number>();
  readonly containers = new Map<number, Container>();
  readonly #context: DraftContext;
  readonly #usedTypes: NodeType[] = [];
  readonly #typeOf: number[] = [];
  /** By the id of the type, for nodes whose settings do not matter; by the type itself for the others. */
  readonly #places = new Map<string | NodeType, number>();
  #lastType: TypeId | undefined;
  #lastPlace = -1;
  readonly #edgeIds: string[] = [];
  /** Undefined while all are 0, as they mostly are. */
  #edgeRanks: number[] | undefined;
  readonly #sources: number[] = [];
  readonly #targets: number[] = [];
  readonly #sourcePorts: PortId[] = [];
  readonly #targetPorts: PortId[] = [];
  /** Whether what the entry gives may be missing. */
  #isOptional = false;
  #entry = -1;
  #exit = -1;

  constructor(context: DraftContext) {
    this.#context = context;
  }

  addNode(id: NodeId, node: FlowNode): void {
    this.indexOf.set(id, this.ids.length);
    this.#add(id, node, this.#placeOf(node));
  }

  /** Puts the entry first; its outputs are known at the end. */
  addEntry(owner: NodeId, node: FlowNode, isOptional = false): void {
    this.#isOptional = isOptional;
    this.#entry = this.ids.length;
    this.#add(owner, node, -1);
  }

  addExit(owner: NodeId, node: FlowNode): void {
    this.#exit = this.ids.length;
    this.#add(owner, node, -1);
  }

  get entry(): number {
    return this.#entry;
  }

  get exit(): number {
    return this.#exit;
  }

  /** Edges are given in the order of the document. */
  addEdge(id: string, rank: number, source: number, sourcePort: PortId, target: number, targetPort: PortId): void {
    if (rank !== 0) this.#edgeRanks ??= new Array<number>(this.#edgeIds.length).fill(0);
    this.#edgeRanks?.push(rank);
    this.#edgeIds.push(id);
    this.#sources.push(source);
    this.#targets.push(target);
    this.#sourcePorts.push(sourcePort);
    this.#targetPorts.push(targetPort);
  }

  /** `entryPorts` are what the entry gives, in order. */
  finish(entryPorts: readonly PortId[] = []): CompiledFlow {
    const count = this.ids.length;
    if (this.#entry >= 0) this.#setType(this.#entry, pseudoType('loom/entry', entryPorts));
    if (this.#exit >= 0) this.#setType(this.#exit, pseudoType('loom/exit', []));
    const wiring = {
      edgeSource: new Int32Array(this.#sources),
      edgeTarget: new Int32Array(this.#targets),
      edgeSourcePort: this.#sourcePorts,
      edgeTargetPort: this.#targetPorts,
    };
    const { start: outStart, edges: outEdges } = adjacency(count, wiring.edgeSource);
    const { start: inStart, edges: inEdges } = adjacency(count, wiring.edgeTarget);
    for (let i = 0; i < count; i++) {
      const start = inStart[i] as number; // typed arrays of fixed length
      const end = inStart[i + 1] as number;
      if (end - start > 1 && !this.#isInOrder(inEdges, start, end)) {
        inEdges.subarray(start, end).sort((a, b) => this.#compareEdges(a, b));
      }
    }
    return {
      document: this.#context.document,
      ids: this.ids,
      nodes: this.nodes,
      indexOf: this.indexOf,
      types: this.types,
      usedTypes: this.#usedTypes,
      typeOf: new Int32Array(this.#typeOf),
      outStart,
      outEdges,
      inStart,
      inEdges,
      ...wiring,
      edgeOutput: this.#outputPlaces(),
      ...orderNodes({ count, outStart, outEdges, inStart, ...wiring }),
      joins: this.#joins(),
      hasPolicies: this.nodes.some(({ settings }) => settings !== undefined && hasPolicy(settings)),
      edgeModes: undefined,
      ...(this.containers.size > 0 ? { containers: this.containers } : {}),
      escaping: this.escaping.size > 0 ? this.escaping : nothing,
      recursive: this.recursive.size > 0 ? this.recursive : nothing,
      entry: this.#entry,
      exit: this.#exit,
    };
  }

  #add(id: NodeId, node: FlowNode, place: number): void {
    this.ids.push(id);
    this.nodes.push(node);
    this.#typeOf.push(place);
    this.types.push(this.#usedTypes[place]);
  }

  #setType(index: number, type: NodeType): void {
    this.#typeOf[index] = this.#usedTypes.push(type) - 1;
    this.types[index] = type;
  }

  #placeOf(node: FlowNode): number {
    const { graph, library } = this.#context;
    const isOwn = node.settings?.zone !== undefined || node.settings?.cases !== undefined;
    if (!isOwn) {
      // Nodes of one type are often in a row.
      if (node.type === this.#lastType) return this.#lastPlace;
      const known = this.#places.get(node.type);
      if (known !== undefined) {
        this.#lastType = node.type;
        this.#lastPlace = known;
        return known;
      }
    }
    const type = nodeTypeOf(graph, library, node);
    if (!type) {
      this.#places.set(node.type, -1);
      return -1;
    }
    let place = this.#places.get(type);
    if (place === undefined) {
      place = this.#usedTypes.push(type) - 1;
      this.#places.set(type, place);
    }
    if (!isOwn) this.#places.set(node.type, place);
    return place;
  }

  #outputPlaces(): Int32Array {
    const places = new Int32Array(this.#sources.length);
    for (let edge = 0; edge < places.length; edge++) {
      const port = this.#sourcePorts[edge];
      const outputs = this.types[this.#sources[edge] as number]?.outputs;
      places[edge] = outputs?.[0]?.id === port ? 0 : (outputs?.findIndex(({ id }) => id === port) ?? -1);
    }
    return places;
  }

  #joins(): Uint8Array | undefined {
    let joins: Uint8Array | undefined;
    for (let node = 0; node < this.nodes.length; node++) {
      const policy = this.nodes[node]?.settings?.join ?? this.types[node]?.settings?.join;
      if (policy === undefined || policy === 'all') continue;
      joins ??= new Uint8Array(this.nodes.length);
      joins[node] = Join[policy];
    }
    if (this.#entry < 0) return joins;
    // What enters a subgraph may be missing, and so may what a zone in it brings from there.
    for (let edge = 0; edge < this.#sources.length; edge++) {
      const target = this.#targets[edge] as number; // within the bounds of the loop
      if (this.#sources[edge] !== this.#entry || joins?.[target]) continue;
      if (!this.#isOptional && !this.#sourcePorts[edge]?.startsWith('capture:')) continue;
      joins ??= new Uint8Array(this.nodes.length);
      joins[target] = Join.optional;
    }
    return joins;
  }

  /** Most edges are in order, and finding that out takes less than sorting them. */
  #isInOrder(edges: Int32Array, start: number, end: number): boolean {
    for (let k = start + 1; k < end; k++) {
      if (this.#compareEdges(edges[k - 1] as number, edges[k] as number) > 0) return false;
    }
    return true;
  }

  /** By rank, then by id: the order that an input of several wires sees. */
  #compareEdges(a: number, b: number): number {
    const ranks = this.#edgeRanks;
    const rank = ranks ? (ranks[a] as number) - (ranks[b] as number) : 0;
    if (rank !== 0) return rank;
    return (this.#edgeIds[a] as string) < (this.#edgeIds[b] as string) ? -1 : 1;
  }
}

function hasPolicy({ timeoutMs, retries }: NodeSettings): boolean {
  return timeoutMs !== undefined || (retries !== undefined && retries > 0);
}

/** The rank of an edge among those of its input. */
export function rankOf({ order = 0 }: FlowEdge): number {
  return order;
}

/** Stands for the entry or the exit of a body. Nobody runs it. */
function pseudoType(id: string, ports: readonly PortId[]): NodeType {
  const outputs = ports.map((port): OutputPort => ({ id: port, title: port, type: { kind: 'any' } }));
  const implementation = { kind: 'missing' } as const;
  return { id, title: id, version: 1, inputs: [], outputs, pure: true, implementation, problems: [] };
}

/** Edges grouped by one of their ends, by counting. */
function adjacency(count: number, end: Int32Array): { readonly start: Int32Array; readonly edges: Int32Array } {
  const start = new Int32Array(count + 1);
  for (const node of end) start[node + 1] = (start[node + 1] as number) + 1;
  for (let i = 0; i < count; i++) start[i + 1] = (start[i + 1] as number) + (start[i] as number);
  const next = start.slice();
  const edges = new Int32Array(end.length);
  for (let edge = 0; edge < end.length; edge++) {
    const node = end[edge] as number;
    const slot = next[node] as number;
    edges[slot] = edge;
    next[node] = slot + 1;
  }
  return { start, edges };
}
