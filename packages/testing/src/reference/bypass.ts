import { type FlowEdge, type NodeId, nodePorts, type PortId, unify } from '@loom/graph';
import { awaitedWires, isZone, type Shape } from './graph-shape.js';
import type { Arrival, Literals } from './node-inputs.js';
import { type NodeResult, skippedBy } from './node-result.js';
import { skippedToken, type Token, valueToken, worstToken } from './token.js';

/** A node that is not run, with all that comes to it. */
export interface Bypassed {
  readonly shape: Shape;
  readonly node: NodeId;
  readonly arrivals: readonly Arrival[];
  readonly literals: Literals;
  /** Whether an input is one of the subgraph that the node is in. */
  readonly isPromoted: (input: PortId) => boolean;
}

/** Each output hands on what comes to the first input that fits it and is connected. */
export function bypass(bypassed: Bypassed): NodeResult {
  const { shape, node } = bypassed;
  const { outputs } = nodePorts(shape.graph, shape.library, node);
  const given = new Map(outputs.map(({ id }) => [id, handedOn(bypassed, id)]));
  const tokens = (port: PortId): Token => given.get(port) ?? skippedToken(node);
  const values = [...given].flatMap(([port, token]): [PortId, unknown][] =>
    token?.kind === 'value' ? [[port, token.value]] : [],
  );
  const worst = worstToken([...given.values()].filter((token) => token !== undefined));
  if (values.length === 0 && worst) return { expected: skippedBy(worst).expected, tokens };
  return { expected: { state: 'success', outputs: new Map(values), isBypassed: true }, tokens };
}

/** Whether a node hands on what comes instead of being run. */
export function isBypassed(shape: Shape, node: NodeId): boolean {
  return shape.graph.nodes[node]?.settings?.mode === 'bypassed' && !isZone(shape, node);
}

/** The wires that a node waits for; a bypassed one needs only those that it hands on. */
export function neededWires(shape: Shape, node: NodeId): FlowEdge[] {
  const all = awaitedWires(shape, node);
  if (!isBypassed(shape, node)) return all;
  const { outputs } = nodePorts(shape.graph, shape.library, node);
  return outputs.flatMap(({ id }) => {
    const ports = fittingInputs(shape, node, id);
    return ports.flatMap((port) => all.filter(({ targetPort }) => targetPort === port)).slice(0, 1);
  });
}

/** What an output hands on; undefined when there is nothing. */
function handedOn({ shape, node, arrivals, literals, isPromoted }: Bypassed, output: PortId): Token | undefined {
  const inputs = fittingInputs(shape, node, output);
  for (const input of inputs) {
    const arrival = arrivals.find(({ wire }) => wire.target === node && wire.targetPort === input);
    if (arrival) return arrival.token;
    if (isPromoted(input)) return literalToken(literals(input));
  }
  return literalToken(inputs.map((input) => literals(input)).find((found) => found !== undefined));
}

function literalToken(literal: ReturnType<Literals>): Token | undefined {
  return literal && valueToken(literal.value);
}

function fittingInputs(shape: Shape, node: NodeId, output: PortId): PortId[] {
  const ports = nodePorts(shape.graph, shape.library, node);
  const type = ports.outputs.find(({ id }) => id === output)?.type ?? { kind: 'any' };
  return ports.inputs.filter((input) => !input.inner && unify(input.type, type).ok).map(({ id }) => id);
}
