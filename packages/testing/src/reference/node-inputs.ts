import { type FlowEdge, type InputPort, type NodeId, nodePorts, type PortId } from '@loom/graph';
import { isInnerInput, type Shape } from './graph-shape.js';
import { definitionOf, hasOwnValue } from './subgraph-shape.js';
import type { Token } from './token.js';

/** What an input has without its wires; undefined when nothing is written there. */
export type Literals = (port: PortId) => { readonly value: unknown } | undefined;

/** A wire with what it carries. */
export interface Arrival {
  readonly wire: FlowEdge;
  readonly token: Token;
}

/** The inputs of a node that fires, by port; `missing` when it lacks one that it cannot be without. */
export type GatheredInputs =
  | { readonly kind: 'complete'; readonly values: ReadonlyMap<PortId, unknown> }
  | { readonly kind: 'missing' };

/** The wires with a value count; where there is none, the literal does, else the default, else nothing is given. */
export function gatherInputs(
  shape: Shape,
  node: NodeId,
  arrivals: readonly Arrival[],
  literals: Literals,
  isWired: (port: PortId) => boolean,
): GatheredInputs {
  const values = new Map<PortId, unknown>();
  for (const port of outerInputs(shape, node)) {
    const given = arrivals
      .filter(({ wire }) => wire.target === node && wire.targetPort === port.id)
      .flatMap(({ token }) => (token.kind === 'value' ? [token.value] : []));
    const literal = literals(port.id);
    // The list of what arrived may be empty.
    if (given.length > 0 || (port.multiple && isWired(port.id))) {
      // A wire of one's own wins over what an instance brings.
      values.set(port.id, port.multiple ? given : given.at(-1));
    } else if (literal) values.set(port.id, literal.value);
    else if (isIndispensable(shape, node, port)) return { kind: 'missing' };
    // What a promoted input has by itself is a matter of the node behind it.
    else if (port.default !== undefined && !isInstance(shape, node)) values.set(port.id, port.default);
  }
  return { kind: 'complete', values };
}

/** Whether a node cannot be without a wire or literal here. */
export function isIndispensable(shape: Shape, node: NodeId, port: InputPort): boolean {
  if (!port.required || port.default !== undefined) return false;
  return !hasOwnValue(shape.graph, shape.graph.nodes[node]?.type ?? '', port.id);
}

export function isInstance(shape: Shape, node: NodeId): boolean {
  return definitionOf(shape.graph, shape.graph.nodes[node]?.type ?? '') !== undefined;
}

export function outerInputs(shape: Shape, node: NodeId): InputPort[] {
  return nodePorts(shape.graph, shape.library, node).inputs.filter(({ id }) => !isInnerInput(shape, node, id));
}

/** The literals of a node, under those that are given to it from outside. */
export function literalsOf(shape: Shape, node: NodeId, given: Literals): Literals {
  const own = shape.graph.nodes[node]?.inputs ?? {};
  return (port) => given(port) ?? (Object.hasOwn(own, port) ? { value: own[port] } : undefined);
}
