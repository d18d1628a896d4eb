import { LoomError } from '../error.js';
import type { FieldReader } from '../load/fields.js';
import { defaultLimits, unsafeKey } from '../load/limits.js';
import { Reading } from '../load/reading.js';

/**
 * Reads what an operation carries with the reader that files are read with, so that nothing gets into a document that
 * could not be loaded again. Where a file is mended, an operation is refused.
 *
 * @throws LoomError `operation/invalid`
 */
export function accept<Value>(reader: FieldReader<Value>, value: unknown, what: string): Value {
  const reading = new Reading(defaultLimits);
  const accepted = reader(value, reading, undefined, what);
  const [issue] = reading.issues;
  if (accepted !== undefined && !issue) return accepted;
  const message = issue ? `${what}: ${issue.message}` : `${what} has a value that a flow cannot hold.`;
  throw new LoomError('operation/invalid', message, { context: { issues: reading.issues } });
}

/** An id that a table may have. */
export function acceptId(id: unknown, what: string): string {
  if (typeof id === 'string' && id !== '' && id !== unsafeKey) return id;
  throw new LoomError('operation/invalid', `${JSON.stringify(id)} cannot be the id of ${what}.`, { context: { id } });
}
