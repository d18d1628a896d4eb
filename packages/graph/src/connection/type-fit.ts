import type { FlowEdge } from '../document.js';
import { outputType } from '../effective-types.js';
import { graphIndex } from '../graph-index.js';
import type { EdgeId, NodeId } from '../id.js';
import type { InputPort } from '../node-type.js';
import { type TypedGraph, typingOf, typingWithout } from '../node-typing.js';
import { portTypesEqual } from '../port-type/equal.js';
import type { Unification } from '../port-type/unify.js';
import { type Bindings, hasVariables } from '../port-type/variables.js';
import { fitWire, streamModeAt } from '../stream-mode.js';
import { type ConnectedPorts, findPorts } from './ports.js';
import { nameOf, type Refusal, refuse } from './refusal.js';

/** Why the type of a wire does not fit, the variables of its target bound by all other wires but the ones given. */
export function typeProblem(
  graph: TypedGraph,
  edge: FlowEdge,
  ports: ConnectedPorts,
  ignored: ReadonlySet<EdgeId>,
): Refusal | undefined {
  const result = fitOf(graph, edge, ports, ignored);
  if (result.ok) return undefined;
  const from = ports.output.title || ports.output.id;
  const to = ports.input.title || ports.input.id;
  return refuse('edge/type', `"${from}" cannot go into "${to}": ${result.reason}`);
}

function fitOf(
  graph: TypedGraph,
  edge: FlowEdge,
  { output, input }: ConnectedPorts,
  ignored: ReadonlySet<EdgeId>,
): Unification {
  const { document, library } = graph;
  const source = outputType(document, library, edge.source, output.id);
  const mode = streamModeAt(document.nodes[edge.target], input);
  return fitWire(source, input, mode, targetBindings(graph, edge.target, input, ignored));
}

/** What the variables of a wire's target stand for, as the other wires have it. */
function targetBindings(
  graph: TypedGraph,
  node: NodeId,
  input: InputPort,
  ignored: ReadonlySet<EdgeId>,
): Bindings | undefined {
  if (!hasVariables(input.type)) return undefined;
  // Wires that are to go must not speak for the variables any more, so these are bound once without them.
  return (ignored.size === 0 ? typingOf(graph, node) : typingWithout(graph, node, ignored)).bindings;
}

/** Nodes that are looked at again in one check. Beyond, `validate` tells what does not fit. */
const maxSteps = 10_000;

/** A wire that would no longer fit, and the node whose new wire is behind that. */
export interface Misfit {
  readonly refusal: Refusal;
  readonly origin: NodeId;
}

/**
 * Finds a wire farther down that would no longer fit: a wire into a node with variables changes what leaves it, and so on
 * from one such node to the next. Wires that are new, or did not fit before, are left alone.
 *
 * @param targets - Nodes with new wires.
 */
export function downstreamMisfit(
  before: TypedGraph,
  after: TypedGraph,
  targets: readonly NodeId[],
): Misfit | undefined {
  const index = graphIndex(after.document);
  const origins = new Map<NodeId, NodeId>();
  const todo: NodeId[] = [];
  const visit = (id: NodeId, origin: NodeId): void => {
    if (origins.has(id) || !isRetyped(before, after, id)) return;
    origins.set(id, origin);
    todo.push(id);
  };
  for (const id of targets) visit(id, id);
  for (let step = 0; step < Math.min(todo.length, maxSteps); step++) {
    const id = todo[step] as NodeId;
    const origin = origins.get(id) ?? id;
    for (const wireId of index.outgoing(id)) {
      const wire = after.document.edges[wireId];
      if (!wire || before.document.edges[wireId] !== wire) continue;
      const reason = misfit(after, wireId, wire);
      if (reason !== undefined && misfit(before, wireId, wire) === undefined) {
        const names = `${nameOf(after.document, id)} to ${nameOf(after.document, wire.target)}`;
        return { refusal: refuse('edge/type', `Then the wire from ${names} would not fit: ${reason}`), origin };
      }
      visit(wire.target, origin);
    }
  }
  return undefined;
}

function misfit(graph: TypedGraph, id: EdgeId, wire: FlowEdge): string | undefined {
  const ports = findPorts(graph.document, graph.library, wire);
  if ('ok' in ports) return undefined;
  const result = fitOf(graph, wire, ports, new Set([id]));
  return result.ok ? undefined : result.reason;
}

/** Whether something else leaves the node, outside or, of a zone, into its body. */
function isRetyped(before: TypedGraph, after: TypedGraph, id: NodeId): boolean {
  return (['outer', 'inner'] as const).some((half) => {
    const old = typingOf(before, id, half);
    const next = typingOf(after, id, half);
    return old.fires !== next.fires || !sameBindings(old.bindings, next.bindings);
  });
}

function sameBindings(a: Bindings, b: Bindings): boolean {
  if (a.size !== b.size) return false;
  return [...a].every(([name, type]) => {
    const other = b.get(name);
    return other !== undefined && portTypesEqual(type, other);
  });
}
