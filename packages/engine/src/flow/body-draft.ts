import type {
  FlowGraph,
  FlowNode,
  Library,
  NodeId,
  NodeSettings,
  NodeType,
  OutputPort,
  PortId,
  PromotedPort,
  TypeId,
} from '@loom/graph';
import { type CompiledFlow, type Container, Join } from './compiled-flow.js';
import { adjacency, type EdgeList, emptyEdges, noteRank, orderInputs, outputPlaces } from './edge-list.js';
import { type NodeTypes, readTypes } from './node-types.js';
import { orderNodes } from './order.js';
import type { NodeList } from './owners.js';

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
  readonly ids: NodeId[];
  readonly nodes: FlowNode[];
  readonly indexOf: Map<NodeId, number>;
  readonly escaping = new Set<number>();
  readonly recursive = new Set<number>();
  readonly containers = new Map<number, Container>();
  readonly #context: DraftContext;
  #edges = emptyEdges();
  #types: NodeTypes | undefined;
  /** Whether what the entry gives may be missing. */
  #isOptional = false;
  #entry = -1;
  #exit = -1;

  /** `list` is for a body that has all nodes of its graph and nothing else; it is taken over. */
  constructor(context: DraftContext, list?: NodeList) {
    this.#context = context;
    this.ids = list?.ids ?? [];
    this.nodes = list?.nodes ?? [];
    this.indexOf = indexesOf(this.ids);
  }

  addNode(id: NodeId, node: FlowNode): void {
    this.indexOf.set(id, this.#add(id, node));
  }

  /** Puts the entry first; its outputs are known at the end. */
  addEntry(owner: NodeId, node: FlowNode, isOptional = false): void {
    this.#isOptional = isOptional;
    this.#entry = this.#add(owner, node);
  }

  addExit(owner: NodeId, node: FlowNode): void {
    this.#exit = this.#add(owner, node);
  }

  get entry(): number {
    return this.#entry;
  }

  get exit(): number {
    return this.#exit;
  }

  /** The types of the nodes, once all of these are there. */
  get types(): readonly (NodeType | undefined)[] {
    return this.#readTypes().types;
  }

  /** Edges are given in the order of the document. */
  addEdge(id: string, rank: number, source: number, sourcePort: PortId, target: number, targetPort: PortId): void {
    const { ids, sources, sourcePorts, targets, targetPorts } = this.#edges;
    noteRank(this.#edges, ids.length, rank);
    ids.push(id);
    sources.push(source);
    sourcePorts.push(sourcePort);
    targets.push(target);
    targetPorts.push(targetPort);
  }

  /** Takes the edges of a graph over, in the place of those that were added. */
  adoptEdges(edges: EdgeList): void {
    this.#edges = edges;
  }

  /** `entryPorts` are what the entry gives, in order. */
  finish(entryPorts: readonly PortId[] = []): CompiledFlow {
    const count = this.ids.length;
    const { types, usedTypes, typeOf } = this.#readTypes();
    const setType = (index: number, type: NodeType): void => {
      typeOf[index] = usedTypes.push(type) - 1;
      types[index] = type;
    };
    if (this.#entry >= 0) setType(this.#entry, pseudoType('loom/entry', entryPorts));
    if (this.#exit >= 0) setType(this.#exit, pseudoType('loom/exit', []));
    const edges = this.#edges;
    const edgeSource = new Int32Array(edges.sources);
    const edgeTarget = new Int32Array(edges.targets);
    const { start: outStart, edges: outEdges } = adjacency(count, edgeSource);
    const { start: inStart, edges: inEdges } = adjacency(count, edgeTarget);
    orderInputs(edges, inStart, inEdges);
    return {
      document: this.#context.document,
      ids: this.ids,
      nodes: this.nodes,
      indexOf: this.indexOf,
      types,
      usedTypes,
      typeOf,
      outStart,
      outEdges,
      inStart,
      inEdges,
      edgeSource,
      edgeTarget,
      edgeSourcePort: edges.sourcePorts,
      edgeTargetPort: edges.targetPorts,
      edgeOutput: outputPlaces(edges, types),
      ...orderNodes({ count, outStart, outEdges, inStart, edgeSource, edgeTarget }),
      joins: this.#withOptional(joinsOf(this.nodes, types)),
      hasPolicies: this.nodes.some(({ settings }) => settings !== undefined && hasPolicy(settings)),
      edgeModes: undefined,
      ...(this.containers.size > 0 ? { containers: this.containers } : {}),
      escaping: this.escaping.size > 0 ? this.escaping : nothing,
      recursive: this.recursive.size > 0 ? this.recursive : nothing,
      entry: this.#entry,
      exit: this.#exit,
    };
  }

  #add(id: NodeId, node: FlowNode): number {
    this.nodes.push(node);
    return this.ids.push(id) - 1;
  }

  #readTypes(): NodeTypes {
    const { graph, library } = this.#context;
    this.#types ??= readTypes(this.nodes, [this.#entry, this.#exit], graph, library);
    return this.#types;
  }

  /** What enters a subgraph may be missing, and so may what a zone in it brings from there. */
  #withOptional(joins: Uint8Array | undefined): Uint8Array | undefined {
    if (this.#entry < 0) return joins;
    let own = joins;
    const { sources, sourcePorts, targets } = this.#edges;
    for (let edge = 0; edge < sources.length; edge++) {
      const target = targets[edge] as number; // within the bounds of the loop
      if (sources[edge] !== this.#entry || own?.[target]) continue;
      if (!this.#isOptional && !sourcePorts[edge]?.startsWith('capture:')) continue;
      own ??= new Uint8Array(this.nodes.length);
      own[target] = Join.optional;
    }
    return own;
  }
}

function indexesOf(ids: readonly NodeId[]): Map<NodeId, number> {
  const indexes = new Map<NodeId, number>();
  for (let i = 0; i < ids.length; i++) indexes.set(ids[i] as NodeId, i); // within the bounds of the loop
  return indexes;
}

/** The join policy of each node; undefined while all wait for all. */
function joinsOf(nodes: readonly FlowNode[], types: readonly (NodeType | undefined)[]): Uint8Array | undefined {
  let joins: Uint8Array | undefined;
  for (let node = 0; node < nodes.length; node++) {
    const policy = nodes[node]?.settings?.join ?? types[node]?.settings?.join;
    if (policy === undefined || policy === 'all') continue;
    joins ??= new Uint8Array(nodes.length);
    joins[node] = Join[policy];
  }
  return joins;
}

function hasPolicy({ timeoutMs, retries }: NodeSettings): boolean {
  return timeoutMs !== undefined || (retries !== undefined && retries > 0);
}

/** Stands for the entry or the exit of a body. Nobody runs it. */
function pseudoType(id: string, ports: readonly PortId[]): NodeType {
  const outputs = ports.map((port): OutputPort => ({ id: port, title: port, type: { kind: 'any' } }));
  const implementation = { kind: 'missing' } as const;
  return { id, title: id, version: 1, inputs: [], outputs, pure: true, implementation, problems: [] };
}
