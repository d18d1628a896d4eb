import type { RecyclePolicy } from '../options.js';
import type { Session } from './session.js';

/**
 * Whether a worker should make room for a new one. Who is `worn` goes when nobody has a value in it; who is `worn-out`
 * goes at once, and what is still needed of its values is computed again.
 */
export function isWorn(
  { tasks, heapBytes }: Pick<Session, 'tasks' | 'heapBytes'>,
  policy: RecyclePolicy,
): 'fresh' | 'worn' | 'worn-out' {
  const wear = Math.max(tasks / policy.tasks, heapBytes / policy.heapBytes);
  if (wear >= 2) return 'worn-out';
  return wear >= 1 ? 'worn' : 'fresh';
}
