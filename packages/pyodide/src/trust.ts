import { LoomError } from '@loom/graph';
import type { ModuleWorkerOptions } from './link/module-worker.js';

/** Where flows come from: from the page's user or app, or from somebody else. */
export type Trust = 'trusted' | 'untrusted';

type Isolation = NonNullable<ModuleWorkerOptions['isolation']>;

interface IsolationOptions {
  readonly isolation?: Isolation;
  readonly jsAccess?: boolean;
  readonly createWorker?: unknown;
}

/**
 * The origin of the workers. What an app says of its flows counts more than what it says of workers.
 *
 * @throws LoomError `executor/bad-options` when options weaken what untrusted flows are promised.
 */
export function isolationFor(trust: Trust, options: IsolationOptions): Isolation {
  if (trust === 'trusted') return options.isolation ?? 'same-origin';
  const weakening = [
    options.isolation === 'same-origin' && "isolation: 'same-origin'",
    options.jsAccess && 'jsAccess: true',
    options.createWorker !== undefined && 'createWorker',
  ].filter((each) => typeof each === 'string');
  if (weakening.length === 0) return 'opaque';
  throw new LoomError(
    'executor/bad-options',
    `Untrusted flows need workers that reach nothing of the page: leave ${weakening.join(' and ')} away.`,
  );
}

/** @throws LoomError `executor/bad-options` when trusted and untrusted flows would share an interpreter. */
export function checkSameTrust(executor: Trust = 'trusted', pool: Trust): void {
  if (executor === pool) return;
  throw new LoomError(
    'executor/bad-options',
    `This pool is for ${pool} flows, the executor for ${executor} ones. Make a pool of its own with trust: '${executor}'.`,
  );
}
