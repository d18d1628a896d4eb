import type { PortId } from '@loom/graph';
import type { ExpectedFrame, ExpectedFrames } from './outcome.js';
import type { Token } from './token.js';

/** An iteration of a zone, as the zone sees it. */
export interface Frame {
  readonly expected: ExpectedFrame;
  /** What came to an inner input; undefined when no wire leads there. */
  readonly end: (innerInput: PortId) => Token | undefined;
}

/** Runs the body once with these values on the inner outputs. */
export type RunFrame = (index: number, inner: ReadonlyMap<PortId, unknown>) => Frame;

export function exactFrames(frames: readonly Frame[]): ExpectedFrames {
  return { kind: 'exact', list: frames.map(({ expected }) => expected) };
}

/** Stands for a text that no rule lays down. */
export const ANY_TEXT = '<any text>';

/** What a zone that collects errors may say of a frame that failed: whichever node failed first. */
export function possibleEntries({ expected }: Frame): unknown[] {
  return [...expected.nodes].flatMap(([node, end]) =>
    end.state === 'error' ? [{ index: expected.index, node, code: end.code ?? ANY_TEXT, message: ANY_TEXT }] : [],
  );
}

/** Every way to take one of each. */
export function combinations(choices: readonly (readonly unknown[])[]): unknown[][] {
  return choices.reduce<unknown[][]>((made, next) => made.flatMap((start) => next.map((one) => [...start, one])), [[]]);
}
