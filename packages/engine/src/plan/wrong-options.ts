import { LoomError } from '@loom/graph';
import type { RunTargets } from '../api.js';

const KINDS: ReadonlySet<string> = new Set<RunTargets['kind']>(['all', 'nodes', 'to', 'from', 'selection', 'changed']);

/**
 * Refuses targets that TypeScript would refuse.
 *
 * @throws LoomError `run/wrong-targets`
 */
export function checkTargets(targets: RunTargets): void {
  const { kind } = targets;
  const isList = kind === 'all' || kind === 'changed' || Array.isArray(targets.nodes);
  if (KINDS.has(kind) && isList) return;
  const wrong = KINDS.has(kind)
    ? `Targets of the kind "${kind}" name \`nodes\``
    : `There are no targets of the kind "${kind}"`;
  throw new LoomError('run/wrong-targets', `${wrong}. Kinds: ${[...KINDS].join(', ')}.`, {
    context: { targets: kind },
  });
}

/**
 * Refuses a limit that is no time.
 *
 * @throws LoomError `run/wrong-time-limit`
 */
export function checkTimeLimit(timeoutMs: number | undefined): void {
  if (timeoutMs === undefined || timeoutMs >= 0) return;
  const message = `A run cannot end after ${timeoutMs} ms. Give \`timeoutMs\` in milliseconds from 0 on, or leave it out.`;
  throw new LoomError('run/wrong-time-limit', message, { context: { timeoutMs } });
}
