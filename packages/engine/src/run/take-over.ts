import type { Frame } from './frame.js';
import { Phase, Token } from './tokens.js';
import type { Walk } from './walk.js';
import { firstPosition } from './walkable.js';

/** What a walk has done of a run. */
export interface Walked {
  readonly walk: Walk;
  readonly startedAt: number;
  /** What nodes have said. */
  readonly said: number;
}

/**
 * Writes down in a frame what a walk has done, as if every node had been decided, called and ended there. Gives the number of
 * events that this was.
 */
export function takeOver(frame: Frame, { walk, said }: Omit<Walked, 'startedAt'>): number {
  const { book, tokens, flow } = frame;
  const { nodes } = book.record.layout;
  const first = firstPosition(flow);
  for (let position = first; position < walk.at; position++) {
    const node = nodes[position] as number; // typed arrays of fixed length, here and below
    tokens.settle(node, Phase.success, Token.value, node);
  }
  book.walked(first, walk.at);
  const computed = book.countComputed(first, walk.at);
  const isAtWork = walk.isGoing || walk.begun !== undefined;
  if (isAtWork) tokens.phase[nodes[walk.at] as number] = Phase.running;
  // What was computed has started and ended, what was taken over from before only ended.
  return computed + (walk.at - first) + (isAtWork ? 1 : 0) + said;
}
