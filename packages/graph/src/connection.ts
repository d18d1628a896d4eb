import type { FlowEdge } from './document.js';
import { bindInputs, outputType, resolvePortTypes, wireType } from './effective-types.js';
import { graphIndex } from './graph-index.js';
import type { EdgeId, NodeId } from './id.js';
import type { Library } from './library.js';
import { type FlowGraph, nodePorts } from './node-ports.js';
import type { InputPort, OutputPort } from './node-type.js';
import { unify } from './port-type/unify.js';
import { type Bindings, hasVariables } from './port-type/variables.js';

/** Whether two ports may be connected. */
export type ConnectionCheck =
  /** `replaces` is the wire that a single input has now and would lose. */
  | { readonly ok: true; readonly replaces?: EdgeId }
  /** `reason` is a sentence for people. */
  | { readonly ok: false; readonly code: ConnectionRefusal; readonly reason: string };

export type ConnectionRefusal =
  | 'edge/unknown-node'
  | 'edge/unknown-port'
  | 'edge/self'
  | 'edge/already-connected'
  | 'edge/cycle'
  | 'edge/type';

/**
 * Decides whether this wire may be added: both ports exist, the types fit, and no node would need itself. Types are
 * taken as they are in this flow, with variables replaced. Nodes of missing types take and give anything.
 *
 * @example
 * ```ts
 * const check = canConnect(document, library, { source: 'a', sourcePort: 'out', target: 'b', targetPort: 'x' });
 * if (!check.ok) showHint(check.reason);
 * ```
 */
export function canConnect(document: FlowGraph, library: Library, edge: FlowEdge): ConnectionCheck {
  const present = graphIndex(document).incomingTo(edge.target, edge.targetPort);
  const same = present.find((id) => {
    const other = document.edges[id];
    return other?.source === edge.source && other.sourcePort === edge.sourcePort;
  });
  if (same !== undefined) return refuse('edge/already-connected', 'These two ports are connected already.');
  const ports = findPorts(document, library, edge);
  if ('ok' in ports) return ports;
  // An input that takes one wire has at most one; should a file have brought more, all of them make room.
  const replaced = new Set(ports.input.multiple ? [] : present);
  const problem = typeProblem(document, library, edge, ports, replaced) ?? cycleProblem(document, edge, replaced);
  if (problem) return problem;
  const [replaces] = replaced;
  return replaces === undefined ? { ok: true } : { ok: true, replaces };
}

type Refusal = Extract<ConnectionCheck, { ok: false }>;

/** The two ports of a wire. */
export interface ConnectedPorts {
  readonly output: OutputPort;
  readonly input: InputPort;
}

/** Finds both ports, or says which one is missing. A node whose type is missing has every port. */
export function findPorts(document: FlowGraph, library: Library, edge: FlowEdge): ConnectedPorts | Refusal {
  for (const id of [edge.source, edge.target]) {
    if (!Object.hasOwn(document.nodes, id)) return refuse('edge/unknown-node', `There is no node "${id}".`);
  }
  if (edge.source === edge.target) return refuse('edge/self', 'A node cannot feed itself. To repeat, use a zone.');
  const from = nodePorts(document, library, edge.source);
  const to = nodePorts(document, library, edge.target);
  const output = from.outputs.find((port) => port.id === edge.sourcePort) ?? missingPort(from.type, edge.sourcePort);
  const input = to.inputs.find((port) => port.id === edge.targetPort) ?? missingPort(to.type, edge.targetPort);
  if (!output)
    return refuse('edge/unknown-port', `${nameOf(document, edge.source)} has no output "${edge.sourcePort}".`);
  if (!input) return refuse('edge/unknown-port', `${nameOf(document, edge.target)} has no input "${edge.targetPort}".`);
  return { output, input };
}

function missingPort(type: { implementation: { kind: string } } | undefined, id: string): InputPort | undefined {
  if (type && type.implementation.kind !== 'missing') return undefined;
  return { id, title: id, type: { kind: 'any' }, required: false, multiple: true };
}

/** Why the type of a wire does not fit, the variables of its target bound by all other wires but the ones given. */
export function typeProblem(
  document: FlowGraph,
  library: Library,
  edge: FlowEdge,
  { output, input }: ConnectedPorts,
  ignored: ReadonlySet<EdgeId>,
): Refusal | undefined {
  const source = hasVariables(output.type) ? outputType(document, library, edge.source, output.id) : output.type;
  const target = wireType(input);
  const result = unify(source, target, targetBindings(document, library, edge.target, target, ignored));
  if (result.ok) return undefined;
  const from = output.title || output.id;
  const to = input.title || input.id;
  return refuse('edge/type', `"${from}" cannot go into "${to}": ${result.reason}`);
}

function targetBindings(
  document: FlowGraph,
  library: Library,
  node: NodeId,
  type: InputPort['type'],
  ignored: ReadonlySet<EdgeId>,
): Bindings | undefined {
  if (!hasVariables(type)) return undefined;
  if (ignored.size === 0) return resolvePortTypes(document, library, node);
  // Wires that are to go must not speak for the variables any more, so these are bound once without them.
  resolvePortTypes(document, library, node);
  const sources = graphIndex(document)
    .incoming(node)
    .flatMap((id) => document.edges[id]?.source ?? []);
  const known = new Map(sources.map((source) => [source, resolvePortTypes(document, library, source)]));
  return bindInputs(document, library, node, known, ignored);
}

/** Why a wire would make a node need itself: its source already needs its target. */
export function cycleProblem(document: FlowGraph, edge: FlowEdge, ignored: ReadonlySet<EdgeId>): Refusal | undefined {
  const index = graphIndex(document);
  const seen = new Set<NodeId>([edge.source]);
  const todo: NodeId[] = [edge.source];
  for (let id = todo.pop(); id !== undefined; id = todo.pop()) {
    if (id === edge.target) {
      const reason = `${nameOf(document, edge.source)} needs ${nameOf(document, edge.target)}, so this wire would close a cycle. To repeat, use a zone.`;
      return refuse('edge/cycle', reason);
    }
    for (const incoming of index.incoming(id)) {
      const source = document.edges[incoming]?.source;
      if (source === undefined || seen.has(source) || ignored.has(incoming)) continue;
      seen.add(source);
      todo.push(source);
    }
  }
  return undefined;
}

/** What a node is called in a sentence. */
export function nameOf(document: FlowGraph, id: NodeId): string {
  return `"${document.nodes[id]?.label || id}"`;
}

function refuse(code: ConnectionRefusal, reason: string): Refusal {
  return { ok: false, code, reason };
}
