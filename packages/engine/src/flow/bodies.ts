import type { FlowEdge, FlowNode, NodeId, PortId } from '@loom/graph';
import { BodyDraft, type Boundary, type DraftContext } from './body-draft.js';
import type { CompiledFlow, RepeatingZone } from './compiled-flow.js';
import { readEdges } from './edge-list.js';
import { listNodes, type NodeList, type Owner, type Owners, readOwners } from './owners.js';
import { withStreams } from './streams.js';
import { compileSubgraphs } from './subgraphs.js';

/** The body around a node that is in no zone. */
const ROOT = '';

/** Stand for the ids of what is no node. */
const ENTRY = '<entry>';
const EXIT = '<exit>';

/** Where a wire begins or ends: a body, by its owner, and an index there. */
interface End {
  readonly body: Owner;
  readonly index: number;
  readonly port: PortId;
}

/** Compiles a graph with all that is in it; gives the body at its root. */
export function compileBodies(context: DraftContext, boundary?: Boundary): CompiledFlow {
  return new Bodies(context, boundary).compile();
}

class Bodies {
  readonly #context: DraftContext;
  readonly #boundary: Boundary | undefined;
  readonly #drafts = new Map<Owner, BodyDraft>();
  readonly #list: NodeList;
  readonly #owners: Owners;
  /** What comes from outside into a zone beside its ports, by zone. */
  readonly #captures = new Map<Owner, PortId[]>();

  constructor(context: DraftContext, boundary: Boundary | undefined) {
    this.#context = context;
    this.#boundary = boundary;
    this.#list = listNodes(context.graph.nodes);
    this.#owners = readOwners(this.#list, context.graph.nodes);
  }

  compile(): CompiledFlow {
    const { graph } = this.#context;
    // Most graphs are one body with all nodes and edges in it.
    const isWhole = this.#owners.isFlat && !this.#boundary;
    const root = isWhole ? new BodyDraft(this.#context, this.#list) : new BodyDraft(this.#context);
    this.#drafts.set(ROOT, root);
    if (isWhole) root.adoptEdges(readEdges(graph.edges, root.indexOf));
    else this.#fill(root);
    return this.#finish();
  }

  /** Puts nodes and edges into the bodies that they are in. */
  #fill(root: BodyDraft): void {
    const { nodes, edges } = this.#context.graph;
    if (this.#boundary) root.addEntry(ENTRY, this.#boundary.node, true);
    for (const zone of this.#owners.zones) {
      const draft = new BodyDraft(this.#context);
      draft.addEntry(zone, nodes[zone] as FlowNode); // zones are nodes of the graph
      this.#drafts.set(zone, draft);
    }
    for (const id of this.#list.ids) {
      if (!this.#owners.groups.has(id)) this.#draftOf(this.#owners.of(id)).addNode(id, nodes[id] as FlowNode);
    }
    for (const zone of this.#owners.zones) this.#draftOf(zone).addExit(zone, nodes[zone] as FlowNode);
    if (this.#boundary) root.addExit(EXIT, this.#boundary.node);
    for (const [id, edge] of Object.entries(edges)) this.#addEdge(id, edge);
    if (this.#boundary) this.#addBoundary(this.#boundary);
  }

  #draftOf(owner: Owner): BodyDraft {
    return this.#drafts.get(owner) as BodyDraft; // each owner has got its draft
  }

  #addEdge(id: string, edge: FlowEdge): void {
    const from = this.#sourceOf(edge);
    const to = from && this.#targetOf(edge);
    if (from && to) this.#connect(id, edge.order ?? 0, from, to);
  }

  /** A zone is a source for its own body by its entry. */
  #sourceOf({ source, sourcePort, target }: FlowEdge): End | undefined {
    if (this.#drafts.has(source) && source !== ROOT && this.#owners.isWithin(target, source)) {
      return { body: source, index: this.#draftOf(source).entry, port: sourcePort };
    }
    return this.#nodeEnd(source, sourcePort);
  }

  #targetOf({ source, target, targetPort }: FlowEdge): End | undefined {
    if (this.#drafts.has(target) && target !== ROOT && this.#owners.isWithin(source, target)) {
      return { body: target, index: this.#draftOf(target).exit, port: targetPort };
    }
    return this.#nodeEnd(target, targetPort);
  }

  #nodeEnd(id: NodeId, port: PortId): End | undefined {
    const body = this.#owners.of(id);
    const index = this.#drafts.get(body)?.indexOf.get(id);
    return index === undefined ? undefined : { body, index, port };
  }

  #connect(id: string, rank: number, from: End, to: End): void {
    const way = this.#owners.wayInto(to.body, from.body);
    if (!way) {
      this.#escape(to);
      return;
    }
    let end = from;
    for (const zone of way) end = this.#capture(end, zone);
    this.#draftOf(to.body).addEdge(id, rank, end.index, end.port, to.index, to.port);
  }

  /** Brings a value from around a zone into it: an input of the zone without a name of its own. */
  #capture(from: End, zone: NodeId): End {
    const around = this.#draftOf(from.body);
    const port = `capture:${around.ids[from.index]}.${from.port}`;
    const captures = this.#captures.get(zone) ?? [];
    this.#captures.set(zone, captures);
    if (!captures.includes(port)) {
      captures.push(port);
      const index = around.indexOf.get(zone) as number; // the body around a zone has it
      around.addEdge(port, 0, from.index, from.port, index, port);
    }
    return { body: zone, index: this.#draftOf(zone).entry, port };
  }

  /** A wire that leaves its zone makes the node at its end impossible to run. */
  #escape(to: End): void {
    const draft = this.#draftOf(to.body);
    if (to.index !== draft.exit) draft.escaping.add(to.index);
    else {
      const around = this.#draftOf(this.#owners.of(to.body));
      around.escaping.add(around.indexOf.get(to.body) as number);
    }
  }

  #addBoundary({ inputs, outputs }: Boundary): void {
    const root = this.#draftOf(ROOT);
    for (const [place, [port, promoted]] of inputs.entries()) {
      const to = this.#nodeEnd(promoted.node, promoted.port);
      // An input of several wires may be promoted several times: these come in their order, before the wires inside.
      if (to) this.#connect(`in:${port}`, place - inputs.length, { body: ROOT, index: root.entry, port }, to);
    }
    for (const [port, promoted] of outputs) {
      const from = this.#nodeEnd(promoted.node, promoted.port);
      if (from) this.#connect(`out:${port}`, 0, from, { body: ROOT, index: root.exit, port });
    }
  }

  /** Inner bodies come first. */
  #finish(): CompiledFlow {
    const { graph } = this.#context;
    for (const zone of this.#owners.fromWithin()) {
      const body = this.#finishBody(zone, this.#entryPorts(zone));
      const around = this.#draftOf(this.#owners.of(zone));
      const settings = graph.nodes[zone]?.settings?.zone as RepeatingZone; // that is what makes it an owner
      around.containers.set(around.indexOf.get(zone) as number, { kind: 'zone', zone: settings, body });
    }
    return this.#finishBody(ROOT, this.#boundary?.inputs.map(([port]) => port) ?? []);
  }

  #finishBody(owner: Owner, entryPorts: readonly PortId[]): CompiledFlow {
    const draft = this.#draftOf(owner);
    compileSubgraphs(draft, this.#context, compileBodies);
    return withStreams(draft.finish(entryPorts), this.#context);
  }

  #entryPorts(zone: NodeId): PortId[] {
    const around = this.#draftOf(this.#owners.of(zone));
    const type = around.types[around.indexOf.get(zone) as number];
    const inner = type?.outputs.filter((port) => port.inner).map(({ id }) => id) ?? [];
    return [...inner, ...(this.#captures.get(zone) ?? [])];
  }
}
