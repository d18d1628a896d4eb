import { NOTHING } from '../../plan/place-marks.js';
import type { Frame } from '../frame.js';
import { Phase, Token } from '../tokens.js';
import type { AsyncWalk } from './async-walk.js';
import type { BegunCall, Walk } from './walk.js';
import { firstPosition } from './walkable.js';

/** What a walk has done in a frame. */
export interface Walked {
  /** The position behind the last at which a node may have ended. */
  readonly until: number;
  /** The position of the node that is being called; undefined when there is none. */
  readonly atWork: number | undefined;
  /** Calls that gave promises. */
  readonly later: readonly BegunCall[];
  /** How often nodes have said something. */
  readonly said: number;
}

/** What a walk has done of a run. */
export interface WalkedRun extends Walked {
  readonly startedAt: number;
}

/** What either of two walks has done of so many positions; `call` is one that has just settled. */
export function walkedBy(
  walk: Walk | undefined,
  asyncWalk: AsyncWalk | undefined,
  call: BegunCall | undefined,
  positions: number,
): Omit<Walked, 'said'> {
  if (!asyncWalk) {
    const isAtWork = walk?.isGoing || walk?.begun !== undefined;
    return { until: walk?.at ?? 0, atWork: isAtWork ? walk?.at : undefined, later: [] };
  }
  const atWork = call?.position ?? (asyncWalk.isGoing ? asyncWalk.at : undefined);
  return { until: positions, atWork, later: asyncWalk.handOver() };
}

/**
 * Writes down in a frame what a walk has done, as if every node had been decided, called and ended there. Gives the number of
 * events that this was.
 */
export function takeOver(frame: Frame, { until, atWork, later, said }: Walked): number {
  const { book, tokens, flow } = frame;
  const { values, layout } = book.record;
  const { nodes, start } = layout;
  const first = firstPosition(flow);
  let ended = 0;
  for (let position = first; position < until; position++) {
    if (values[start[position] as number] === NOTHING) continue; // typed arrays of fixed length, here and below
    const node = nodes[position] as number;
    tokens.settle(node, Phase.success, Token.value, node);
    ended++;
  }
  const computed = book.walked(first, until);
  if (atWork !== undefined) tokens.phase[nodes[atWork] as number] = Phase.running;
  for (const { node } of later) tokens.phase[node] = Phase.running;
  // What was computed has started and ended, what was taken over from before only ended.
  return computed + ended + (atWork === undefined ? 0 : 1) + later.length + said;
}
