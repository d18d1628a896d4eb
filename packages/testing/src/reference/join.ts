import { type JoinPolicy, type NodeId, nodeTypeOf } from '@loom/graph';
import type { Shape } from './graph-shape.js';
import type { Arrival } from './node-inputs.js';
import { type Token, worstToken } from './token.js';

/** What a join makes of the tokens on its wires. */
export type JoinDecision =
  /** Each of these sets of wires may be what is there when the node fires; with one it is certain. */
  | { readonly kind: 'fires'; readonly with: readonly (readonly Arrival[])[] }
  | { readonly kind: 'skipped'; readonly token: Exclude<Token, { kind: 'value' }> };

export function joinPolicyOf(shape: Shape, id: NodeId): JoinPolicy {
  const node = shape.graph.nodes[id];
  const type = node && nodeTypeOf(shape.graph, shape.library, node);
  return node?.settings?.join ?? type?.settings?.join ?? 'all';
}

/**
 * Decides a join.
 *
 * @param isBefore - Whether the wire `a` always has its token when `b` has its own.
 */
export function decideJoin(
  policy: JoinPolicy,
  arrivals: readonly Arrival[],
  isBefore: (a: Arrival, b: Arrival) => boolean,
): JoinDecision {
  const withValue = arrivals.filter(({ token }) => token.kind === 'value');
  const worst = worstToken(arrivals.map(({ token }) => token));
  const fires = { kind: 'fires', with: [withValue] } as const;
  if (arrivals.length === 0 || !worst || policy === 'settled') {
    return policy === 'first' && withValue.length > 1 ? { kind: 'fires', with: earlySets(withValue, isBefore) } : fires;
  }
  if (policy === 'all' || withValue.length === 0) return { kind: 'skipped', token: worst };
  return policy === 'any' ? fires : { kind: 'fires', with: earlySets(withValue, isBefore) };
}

/** The sets of wires that may be there at some moment: with each wire also those that come before or with it. */
function earlySets(wires: readonly Arrival[], isBefore: (a: Arrival, b: Arrival) => boolean): Arrival[][] {
  const sets: Arrival[][] = [];
  for (let bits = 1; bits < 2 ** wires.length; bits++) {
    const set = wires.filter((_, place) => (bits >> place) % 2 === 1);
    const isClosed = set.every((late) => wires.every((early) => set.includes(early) || !isBefore(early, late)));
    if (isClosed) sets.push(set);
  }
  return sets;
}
