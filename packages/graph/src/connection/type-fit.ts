import type { FlowEdge } from '../document.js';
import { bindInputs, outputType, resolvePortTypes, wireType } from '../effective-types.js';
import { graphIndex } from '../graph-index.js';
import type { EdgeId, NodeId } from '../id.js';
import type { Library } from '../library.js';
import type { FlowGraph } from '../node-ports.js';
import type { InputPort } from '../node-type.js';
import { portTypesEqual } from '../port-type/equal.js';
import { unify } from '../port-type/unify.js';
import { type Bindings, hasVariables, substitute } from '../port-type/variables.js';
import { type ConnectedPorts, findPorts } from './ports.js';
import { nameOf, type Refusal, refuse } from './refusal.js';

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

/** What the variables of a wire's target stand for, as the other wires have it. */
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
  return bindInputs(document, library, node, (source) => resolvePortTypes(document, library, source), ignored);
}

/** Nodes that are looked at again in one check. Beyond, `validate` tells what does not fit. */
const maxSteps = 10_000;

/**
 * Why wires farther down would no longer fit: a wire into a node with variables changes what leaves it, and so on
 * from one such node to the next.
 */
export function downstreamProblem(
  document: FlowGraph,
  library: Library,
  edge: FlowEdge,
  { output, input }: ConnectedPorts,
  ignored: ReadonlySet<EdgeId>,
): Refusal | undefined {
  const target = wireType(input);
  const bindings = targetBindings(document, library, edge.target, target, ignored);
  if (!bindings) return undefined;
  const joined = unify(outputType(document, library, edge.source, output.id), target, bindings);
  if (!joined.ok) return undefined;
  const index = graphIndex(document);
  const changed = new Map<NodeId, Bindings>([[edge.target, joined.bindings]]);
  const known = (id: NodeId): Bindings => changed.get(id) ?? resolvePortTypes(document, library, id);
  const todo: NodeId[] = [edge.target];
  for (let step = 0; step < Math.min(todo.length, maxSteps); step++) {
    const id = todo[step] as NodeId;
    for (const wireId of index.outgoing(id)) {
      const wire = document.edges[wireId];
      const ports = wire && !ignored.has(wireId) ? findPorts(document, library, wire) : undefined;
      if (!wire || !ports || 'ok' in ports || !hasVariables(ports.output.type)) continue;
      const into = wireType(ports.input);
      const generic = hasVariables(into);
      const others = generic ? bindInputs(document, library, wire.target, known, new Set([wireId])) : undefined;
      const fitted = unify(substitute(ports.output.type, known(id), { kind: 'any' }), into, others);
      if (!fitted.ok) {
        const reason = `Then the wire from ${nameOf(document, id)} to ${nameOf(document, wire.target)} would not fit: ${fitted.reason}`;
        return refuse('edge/type', reason);
      }
      if (!generic || sameBindings(fitted.bindings, known(wire.target))) continue;
      changed.set(wire.target, fitted.bindings);
      todo.push(wire.target);
    }
  }
  return undefined;
}

function sameBindings(a: Bindings, b: Bindings): boolean {
  if (a.size !== b.size) return false;
  return [...a].every(([name, type]) => {
    const other = b.get(name);
    return other !== undefined && portTypesEqual(type, other);
  });
}
