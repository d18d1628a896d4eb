import { LoomError } from '@loom/graph';

/** A fault in the text of a condition. */
export function syntaxError(message: string, column: number): LoomError {
  return new LoomError('breakpoint/syntax', message, { context: { column } });
}

/** Why a condition has no answer for these values. */
export function evaluationError(code: `breakpoint/${string}`, message: string, column: number): LoomError {
  return new LoomError(code, `${message} (column ${column} of the condition)`, { context: { column } });
}
