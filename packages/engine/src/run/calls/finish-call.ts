import type { DirectCode, DirectExecution } from '../../executor.js';
import type { NodeError } from '../../node-error.js';
import { skip } from '../../skip.js';
import type { Frame } from '../frame.js';

/** Ends a node with what its function gave; `start` is 0 where times are not wanted. */
export function finishCall(
  direct: DirectExecution,
  frame: Frame,
  node: number,
  code: DirectCode,
  start: number,
  result: unknown,
): void {
  let fault: NodeError | undefined;
  let first: unknown;
  let rest: unknown[] | undefined;
  try {
    fault = code.wrongResult(result);
    if (!fault) {
      const count = frame.flow.types[node]?.outputs.length ?? 0;
      if (count > 0) first = code.outputOf(result, 0);
      if (count > 1) rest = Array.from({ length: count - 1 }, (_, i) => code.outputOf(result, i + 1));
    }
  } catch (thrown) {
    // A result may well have getters.
    fault = code.faultOf(thrown);
  }
  if (fault) {
    frame.fail(node, fault, durationSince(start));
    return;
  }
  frame.book.called(node, direct, first, rest);
  if (first !== skip && !rest?.includes(skip)) frame.endings.called(node, durationSince(start));
  else {
    const hasValue = (place: number): boolean => (place === 0 ? first : rest?.[place - 1]) !== skip;
    frame.endings.calledPartly(node, durationSince(start), hasValue);
  }
}

/** Milliseconds since a moment; 0 where there is none. */
export function durationSince(start: number): number {
  return start === 0 ? 0 : performance.now() - start;
}
