import { type NodeId, nodePorts, type PortId, unify } from '@loom/graph';
import type { Shape } from './graph-shape.js';
import type { Arrival, Literals } from './node-inputs.js';
import type { NodeResult } from './node-result.js';
import { skippedToken, type Token, valueToken } from './token.js';

/** A node that is not run: each output hands on what comes to the first input that fits it. */
export function bypass(shape: Shape, node: NodeId, arrivals: readonly Arrival[], literals: Literals): NodeResult {
  const { outputs } = nodePorts(shape.graph, shape.library, node);
  const tokens = new Map(outputs.map(({ id }) => [id, handedOn(shape, node, id, arrivals, literals)]));
  const values = [...tokens].flatMap(([port, token]): [PortId, unknown][] =>
    token.kind === 'value' ? [[port, token.value]] : [],
  );
  return {
    expected: { state: 'success', outputs: new Map(values), isBypassed: true },
    tokens: (port) => tokens.get(port) ?? skippedToken(node),
  };
}

function handedOn(shape: Shape, node: NodeId, output: PortId, arrivals: readonly Arrival[], literals: Literals): Token {
  const ports = nodePorts(shape.graph, shape.library, node);
  const type = ports.outputs.find(({ id }) => id === output)?.type ?? { kind: 'any' };
  const fitting = ports.inputs.filter((input) => !input.inner && unify(input.type, type).ok);
  for (const { id } of fitting) {
    const arrival = arrivals.find(({ wire }) => wire.target === node && wire.targetPort === id);
    if (arrival) return arrival.token;
  }
  const literal = fitting.map(({ id }) => literals(id)).find((found) => found !== undefined);
  return literal ? valueToken(literal.value) : skippedToken(node);
}
