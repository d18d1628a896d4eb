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
import { type NodeViewDefinition, type NodeViews, nodeViewFor } from '../node-views/node-views.js';
import type { DocumentState } from '../store/state.js';

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

interface Entry {
  readonly model: NodeModel;
  readonly edges: readonly FlowEdge[];
  /** The ports have type variables: what they stand for may change with wires far away. */
  readonly generic: boolean;
}

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
  let entries = new Map<NodeId, Entry>();

  return (flow) => {
    const viewsNow = views();
    if (lastViews !== viewsNow) entries = new Map();
    else if (lastFlow?.document === flow.document && lastFlow.library === flow.library) return lastModels;
    const { document, library } = flow;
    const index = graphIndex(document);
    // Types of the library never change under one id; those of the flow do, and their nodes with them.
    const sameTypes = lastFlow?.library === library && lastFlow.document.types === document.types;
    const rewired = lastFlow && rewiredNodes(lastFlow.document.edges, document.edges);
    const next = new Map<NodeId, Entry>();
    const models = new Map<NodeId, NodeModel>();
    for (const [id, node] of Object.entries(document.nodes)) {
      const before = entries.get(id);
      let entry: Entry;
      if (before !== undefined && sameTypes && !rewired?.has(id) && before.model.node === node && !before.generic) {
        entry = before;
      } else {
        const edges = [...index.incoming(id), ...index.outgoing(id)].flatMap((edge) => document.edges[edge] ?? []);
        const type = nodeTypeOf(document, library, node);
        if (before !== undefined && !before.generic && isCurrent(before, node, edges, type)) {
          entry = before;
        } else {
          const generic = type !== undefined && isGeneric(type);
          const model = describe(flow, id, node, edges, generic, viewsNow);
          const same = before !== undefined && isCurrent(before, node, edges, type) && samePorts(before.model, model);
          entry = same ? before : { edges, generic, model };
        }
      }
      next.set(id, entry);
      models.set(id, entry.model);
    }
    lastFlow = flow;
    lastViews = viewsNow;
    entries = next;
    lastModels = models;
    return models;
  };
}

/** The nodes at the ends of wires that came, went or changed: to put the wires of all in order takes longer than this. */
function rewiredNodes(before: FlowDocument['edges'], after: FlowDocument['edges']): ReadonlySet<NodeId> {
  const nodes = new Set<NodeId>();
  if (before === after) return nodes;
  const note = (edges: FlowDocument['edges'], others: FlowDocument['edges']) => {
    for (const [id, edge] of Object.entries(edges)) {
      if (others[id] !== edge) nodes.add(edge.source).add(edge.target);
    }
  };
  note(before, after);
  note(after, before);
  return nodes;
}

function isCurrent(entry: Entry, node: FlowNode, edges: readonly FlowEdge[], type: NodeType | undefined): boolean {
  return (
    entry.model.node === node &&
    entry.model.type === type &&
    entry.edges.length === edges.length &&
    entry.edges.every((edge, at) => edge === edges[at])
  );
}

function describe(
  { document, library }: Pick<DocumentState, 'document' | 'library'>,
  id: NodeId,
  node: FlowNode,
  edges: readonly FlowEdge[],
  generic: boolean,
  views: NodeViews | undefined,
): NodeModel {
  const { inputs, outputs, type } = nodePorts(document, library, id);
  const connectedInputs = new Set(edges.filter((edge) => edge.target === id).map((edge) => edge.targetPort));
  const connectedOutputs = new Set(edges.filter((edge) => edge.source === id).map((edge) => edge.sourcePort));
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
    title: node.label ?? type?.title ?? node.type,
    // Without lost ports the lists stay those of the type, by identity.
    inputs: goneInputs.size === 0 ? typedInputs : [...typedInputs, ...Array.from(goneInputs, goneInput)],
    outputs: goneOutputs.size === 0 ? typedOutputs : [...typedOutputs, ...Array.from(goneOutputs, gonePort)],
    connectedInputs,
    connectedOutputs,
    goneInputs,
    goneOutputs,
    view: nodeViewFor(views, node.type, type?.category),
  };
}

function without(connected: ReadonlySet<PortId>, ports: readonly OutputPort[]): ReadonlySet<PortId> {
  return new Set([...connected].filter((id) => !ports.some((port) => port.id === id)));
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
