import {
  type FlowDocument,
  type FlowEdge,
  type FlowNode,
  graphIndex,
  type InputPort,
  inputType,
  type NodeId,
  type NodeType,
  nodePorts,
  nodeTypeOf,
  type OutputPort,
  outputType,
  type PortId,
  type PortType,
  portTypesEqual,
} from '@loom/graph';
import { type NodeViewDefinition, type NodeViews, nodeViewFor } from '../../node-views/node-views.js';
import type { DocumentState } from '../../store/state.js';

/** What the document and the library say of one node. The same object as long as none of it changes. */
export interface NodeModel {
  readonly id: NodeId;
  readonly node: FlowNode;
  /** Undefined when nobody defines the type: the node is a placeholder that keeps ports and values. */
  readonly type: NodeType | undefined;
  readonly title: string;
  readonly inputs: readonly InputPort[];
  readonly outputs: readonly OutputPort[];
  readonly connectedInputs: ReadonlySet<PortId>;
  readonly connectedOutputs: ReadonlySet<PortId>;
  /** Inputs that the type does not have any more while wires still lead to them. They stand last, so that these are seen. */
  readonly goneInputs: ReadonlySet<PortId>;
  /** Outputs likewise. */
  readonly goneOutputs: ReadonlySet<PortId>;
  /** What the app draws in place of what the node shows. */
  readonly view: Required<NodeViewDefinition> | undefined;
  /** The wires at it, those that end at it first. */
  readonly wires: readonly FlowEdge[];
  /** Its ports have type variables: what they stand for may change with wires far away. */
  readonly isGeneric: boolean;
}

/** The names of the inputs that have neither wire nor value and need one; empty when the node can run. */
export function neededInputs({ inputs, connectedInputs, node }: NodeModel): string {
  return inputs
    .filter(({ id, required }) => required && !connectedInputs.has(id))
    .filter(({ id, default: standard }) => standard === undefined && node.inputs?.[id] === undefined)
    .map(({ title }) => title)
    .join(', ');
}

const PLAIN: Readonly<Record<string, string>> = { number: 'number', string: 'string', bool: 'boolean' };

/** Whether some value of a node has to be looked at more closely before it is known to fit. Of most nodes none has. */
export function mayBeUnfit({ inputs, connectedInputs, node }: NodeModel): boolean {
  return inputs.some(({ id, type, widget }) => {
    const value = node.inputs?.[id];
    if (value === undefined || connectedInputs.has(id)) return false;
    return widget?.kind === 'form' || (PLAIN[type.kind] !== typeof value && type.kind !== 'any');
  });
}

/** All nodes of a document, by id. */
export type NodeModels = ReadonlyMap<NodeId, NodeModel>;

/**
 * Makes a function from documents to models that remembers: what has not changed keeps its identity, so that a change
 * of one node renders one node.
 */
export function createNodeModels(
  views: () => NodeViews | undefined = () => undefined,
): (flow: Pick<DocumentState, 'document' | 'library'>) => NodeModels {
  let lastFlow: Pick<DocumentState, 'document' | 'library'> | undefined;
  let lastModels: NodeModels = new Map();
  let lastViews = views();

  return (flow) => {
    const viewsNow = views();
    if (lastViews !== viewsNow) lastModels = new Map();
    else if (lastFlow?.document === flow.document && lastFlow.library === flow.library) return lastModels;
    const { document, library } = flow;
    // Types of the library never change under one id; those of the flow do, and their nodes with them.
    const sameTypes = lastFlow?.library === library && lastFlow.document.types === document.types;
    const rewired = lastFlow && rewiredNodes(lastFlow.document.edges, document.edges);
    const models = new Map<NodeId, NodeModel>();
    for (const id of Object.keys(document.nodes)) {
      const node = document.nodes[id] as FlowNode; // one of its own keys
      const before = lastModels.get(id);
      const isWiredAlike = before !== undefined && rewired?.has(id) === false && !before.isGeneric;
      if (isWiredAlike && sameTypes && before.node === node) models.set(id, before);
      else models.set(id, modelOf(flow, id, node, before, isWiredAlike, viewsNow));
    }
    lastFlow = flow;
    lastViews = viewsNow;
    lastModels = models;
    return models;
  };
}

/** The model of a node that may have changed: as much of the one before as still holds. */
function modelOf(
  flow: Pick<DocumentState, 'document' | 'library'>,
  id: NodeId,
  node: FlowNode,
  before: NodeModel | undefined,
  isWiredAlike: boolean,
  views: NodeViews | undefined,
): NodeModel {
  const { document, library } = flow;
  const type = nodeTypeOf(document, library, node);
  // Moved, muted, coloured or folded, as ten thousand may be at once: its ports are those of its type, and that is the same.
  if (
    isWiredAlike &&
    type !== undefined &&
    before?.type === type &&
    before.node.type === node.type &&
    !isMissing(type)
  ) {
    return before.node === node ? before : { ...before, node, title: titleOf(node, type) };
  }
  const wires = wiresAt(document, id);
  const isKnown = before !== undefined && isCurrent(before, node, wires, type);
  if (isKnown && !before.isGeneric) return before;
  const model = describe(flow, id, node, wires, views);
  return isKnown && samePorts(before, model) ? before : model;
}

const noWires: readonly FlowEdge[] = [];

function wiresAt(document: FlowDocument, id: NodeId): readonly FlowEdge[] {
  const index = graphIndex(document);
  const [incoming, outgoing] = [index.incoming(id), index.outgoing(id)];
  if (incoming.length + outgoing.length === 0) return noWires;
  const wires: FlowEdge[] = [];
  for (const wire of incoming) wires.push(document.edges[wire] as FlowEdge); // the index is of these edges
  for (const wire of outgoing) wires.push(document.edges[wire] as FlowEdge);
  return wires;
}

function isMissing(type: NodeType): boolean {
  return type.implementation.kind === 'missing';
}

function titleOf(node: FlowNode, type: NodeType | undefined): string {
  return node.label ?? type?.title ?? node.type;
}

/** The nodes at the ends of wires that came, went or changed: to put the wires of all in order takes longer than this. */
function rewiredNodes(before: FlowDocument['edges'], after: FlowDocument['edges']): ReadonlySet<NodeId> {
  const nodes = new Set<NodeId>();
  if (before === after) return nodes;
  const note = (edges: FlowDocument['edges'], others: FlowDocument['edges']) => {
    for (const id of Object.keys(edges)) {
      const edge = edges[id] as FlowEdge; // one of its own keys
      if (others[id] !== edge) nodes.add(edge.source).add(edge.target);
    }
  };
  note(before, after);
  note(after, before);
  return nodes;
}

function isCurrent(model: NodeModel, node: FlowNode, wires: readonly FlowEdge[], type: NodeType | undefined): boolean {
  return (
    model.node === node &&
    model.type === type &&
    model.wires.length === wires.length &&
    model.wires.every((wire, at) => wire === wires[at])
  );
}

function describe(
  { document, library }: Pick<DocumentState, 'document' | 'library'>,
  id: NodeId,
  node: FlowNode,
  wires: readonly FlowEdge[],
  views: NodeViews | undefined,
): NodeModel {
  const { inputs, outputs, type } = nodePorts(document, library, id);
  const generic = type !== undefined && isGeneric(type);
  const connectedInputs = new Set<PortId>();
  const connectedOutputs = new Set<PortId>();
  for (const wire of wires) {
    if (wire.target === id) connectedInputs.add(wire.targetPort);
    if (wire.source === id) connectedOutputs.add(wire.sourcePort);
  }
  const goneInputs = without(connectedInputs, inputs);
  const goneOutputs = without(connectedOutputs, outputs);
  const typedInputs = generic
    ? inputs.map((port) => ({ ...port, type: inputType(document, library, id, port.id) }))
    : inputs;
  const typedOutputs = generic
    ? outputs.map((port) => ({ ...port, type: outputType(document, library, id, port.id) }))
    : outputs;
  return {
    id,
    node,
    type,
    title: titleOf(node, type),
    // Without lost ports the lists stay those of the type, by identity.
    inputs: goneInputs.size === 0 ? typedInputs : [...typedInputs, ...Array.from(goneInputs, goneInput)],
    outputs: goneOutputs.size === 0 ? typedOutputs : [...typedOutputs, ...Array.from(goneOutputs, gonePort)],
    connectedInputs,
    connectedOutputs,
    goneInputs,
    goneOutputs,
    view: nodeViewFor(views, node.type, type?.category),
    wires,
    isGeneric: generic,
  };
}

const noPorts: ReadonlySet<PortId> = new Set();

function without(connected: ReadonlySet<PortId>, ports: readonly OutputPort[]): ReadonlySet<PortId> {
  let gone: Set<PortId> | undefined;
  for (const id of connected) {
    if (ports.some((port) => port.id === id)) continue;
    gone ??= new Set();
    gone.add(id);
  }
  return gone ?? noPorts;
}

function goneInput(id: PortId): InputPort {
  return { ...gonePort(id), required: false };
}

function gonePort(id: PortId): OutputPort {
  return { id, title: id, type: { kind: 'any' } };
}

const generics = new WeakMap<NodeType, boolean>();

function isGeneric(type: NodeType): boolean {
  let known = generics.get(type);
  if (known === undefined) {
    known = [...type.inputs, ...type.outputs].some((port) => JSON.stringify(port.type).includes('"variable"'));
    generics.set(type, known);
  }
  return known;
}

function samePorts(a: NodeModel, b: NodeModel): boolean {
  const same = (left: readonly { type: PortType }[], right: readonly { type: PortType }[]) =>
    left.every((port, at) => {
      const other = right[at];
      return other !== undefined && portTypesEqual(port.type, other.type);
    });
  return same(a.inputs, b.inputs) && same(a.outputs, b.outputs);
}
