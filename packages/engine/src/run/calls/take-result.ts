import { isThenable } from '../../call/thenable.js';
import type { DirectCode } from '../../executor.js';
import { NOTHING } from '../../plan/place-marks.js';
import { skip } from '../../skip.js';

/**
 * Writes the outputs of a call into a list of values, from a place on up to another. False when they are not all there: then
 * nothing is written. `isStopped` is asked while the result is read, because it may have getters.
 */
export function takeResult(
  code: DirectCode,
  result: unknown,
  values: unknown[],
  [place, end]: readonly [number, number],
  isStopped: () => boolean,
): boolean {
  if (isThenable(result) || code.wrongResult(result) !== undefined) return false;
  for (let i = 0; place + i < end; i++) {
    const value = code.outputOf(result, i);
    if (value === skip || isStopped()) {
      values.fill(NOTHING, place, end);
      return false;
    }
    values[place + i] = value;
  }
  return true;
}
