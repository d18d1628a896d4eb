import type { EdgeId, NodeId } from '../id.js';
import type { FlowGraph } from '../node-ports.js';

/** Whether two ports may be connected. */
export type ConnectionCheck =
  /** `replaces` is the wire that a single input has now and would lose. */
  | { readonly ok: true; readonly replaces?: EdgeId }
  /** `reason` is a sentence for people. */
  | { readonly ok: false; readonly code: ConnectionRefusal; readonly reason: string };

/** Why two ports cannot be connected. */
export type ConnectionRefusal =
  | 'edge/unknown-node'
  | 'edge/unknown-port'
  | 'edge/self'
  | 'edge/already-connected'
  | 'edge/cycle'
  | 'edge/escapes-zone'
  | 'edge/not-in-zone'
  | 'edge/type';

export type Refusal = Extract<ConnectionCheck, { ok: false }>;

export function refuse(code: ConnectionRefusal, reason: string): Refusal {
  return { ok: false, code, reason };
}

/** What a node is called in a sentence. */
export function nameOf(document: Pick<FlowGraph, 'nodes'>, id: NodeId): string {
  return `"${document.nodes[id]?.label || id}"`;
}
