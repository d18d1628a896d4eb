import { nameOf } from '../connection/refusal.js';
import { zoneProblem } from '../connection/zone-rule.js';
import type { FlowDocument, FlowNode } from '../document.js';
import { LoomError } from '../error.js';
import type { NodeId } from '../id.js';
import { topologicalOrder } from '../topology.js';
import { repeatingZone } from '../zone-body.js';
import type { Operation } from './operation.js';

type Update = Extract<Operation, { kind: 'update-node' }>;

/** An operation that put a node elsewhere, or made it another zone. */
interface Move {
  readonly index: number;
  readonly operation: Update;
}

/** A refusal, and the operation that is to blame. */
export interface RefusedMove extends Move {
  readonly error: LoomError;
}

/**
 * Checks the wires of nodes that were moved into or out of zones, and of nodes that became other zones. Wires that were
 * wrong before are left alone.
 */
export function checkMoves(
  before: FlowDocument,
  after: FlowDocument,
  operations: readonly Operation[],
): RefusedMove | undefined {
  const moves = [...operations.entries()].flatMap(([index, operation]): Move[] => {
    if (operation.kind !== 'update-node') return [];
    const [old, next] = [before.nodes[operation.id], after.nodes[operation.id]];
    return old && next && isMoved(old, next) ? [{ index, operation }] : [];
  });
  const [first] = moves;
  if (!first) return undefined;
  const forced = moves.every(({ operation }) => operation.force);
  const refused = forced ? undefined : checkWires(before, after, moves);
  if (refused) return refused;
  const { cycle } = topologicalOrder(after);
  if (!cycle || topologicalOrder(before).cycle) return undefined;
  const way = [...cycle, cycle[0] ?? ''].map((id) => nameOf(after, id)).join(' → ');
  return { ...first, error: new LoomError('edge/cycle', `Then these nodes would wait for each other: ${way}.`) };
}

function isMoved(old: FlowNode, next: FlowNode): boolean {
  return old.parent !== next.parent || JSON.stringify(repeatingZone(old)) !== JSON.stringify(repeatingZone(next));
}

function checkWires(before: FlowDocument, after: FlowDocument, moves: readonly Move[]): RefusedMove | undefined {
  for (const [id, edge] of Object.entries(after.edges)) {
    // New wires are judged on their own.
    if (before.edges[id] !== edge) continue;
    const problem = zoneProblem(after, edge);
    if (!problem || zoneProblem(before, edge)) continue;
    const touching = moves.filter(({ operation }) => {
      return contains(after, operation.id, edge.source) || contains(after, operation.id, edge.target);
    });
    const blamed = (touching.length > 0 ? touching : moves).find(({ operation }) => !operation.force);
    if (!blamed) continue;
    const reason = `The wire from ${nameOf(after, edge.source)} to ${nameOf(after, edge.target)} is in the way: ${problem.reason}`;
    return { ...blamed, error: new LoomError(problem.code, reason, { context: { edge: id } }) };
  }
  return undefined;
}

/** Whether a node is another, or lies in it. Parents were checked to hold no cycle. */
function contains(document: FlowDocument, outer: NodeId, id: NodeId): boolean {
  let node: NodeId | undefined = id;
  while (node !== undefined && node !== outer) node = document.nodes[node]?.parent;
  return node === outer;
}
