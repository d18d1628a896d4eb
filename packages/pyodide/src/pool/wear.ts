import type { RecyclePolicy } from '../options.js';
import type { Session } from './session.js';

type Wear = Pick<Session, 'tasks' | 'heapBytes'>;

/** 1 and more is worn, 2 and more is worn out. */
const wearOf = ({ tasks, heapBytes }: Wear, policy: RecyclePolicy): number =>
  Math.max(tasks / policy.tasks, heapBytes / policy.heapBytes);

/**
 * Whether a worker should make room for a new one: worn when nobody has a value in it, worn out at once, and what is still
 * needed of its values is computed again. The memory of values is no wear: a new worker would grow as much with them.
 */
export function isWornOut<Worker extends Wear>(
  worker: Worker,
  users: Iterable<{ bytesIn(worker: Worker): number | undefined }>,
  policy: RecyclePolicy,
): boolean {
  if (wearOf(worker, policy) < 1) return false;
  const needed = Array.from(users, (user) => user.bytesIn(worker)).filter((bytes) => bytes !== undefined);
  const heapBytes = worker.heapBytes - needed.reduce((sum, bytes) => sum + bytes, 0);
  const wear = wearOf({ tasks: worker.tasks, heapBytes }, policy);
  return wear >= 2 || (wear >= 1 && needed.length === 0);
}
