import type { NodeId, PortId } from '@loom/graph';
import { insideOf, isZone, type Shape } from './graph-shape.js';
import type { Arrival } from './node-inputs.js';
import { valueToken } from './token.js';

/** What an instance of a subgraph brings to a promoted input. */
export interface Brought {
  readonly node: NodeId;
  readonly port: PortId;
  /** Absent when the instance has nothing there. */
  readonly value?: unknown;
}

/** Whether the instance has something there, which may be anything. */
export function isGiven(brought: Brought): boolean {
  return 'value' in brought;
}

/** Stands for the instance where the source of a wire is asked for. */
export const INSTANCE = '<instance>';

/** What is brought to a node counts as wires, for a zone also what is brought to nodes in it. */
export function broughtTo(shape: Shape, node: NodeId, brought: readonly Brought[]): Arrival[] {
  const inside = new Set(isZone(shape, node) ? [node, ...insideOf(shape, node)] : [node]);
  return brought
    .filter(({ node: target }) => inside.has(target))
    .filter(isGiven)
    .map(({ node: target, port, value }) => ({
      wire: { source: INSTANCE, sourcePort: port, target, targetPort: port },
      token: valueToken(value),
    }));
}
