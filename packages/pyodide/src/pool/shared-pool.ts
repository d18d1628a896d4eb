import type { ExecutorStatus } from '@loom/engine';
import { LoomError } from '@loom/graph';
import { Pools } from './pools.js';

/** Workers that several executors share. Made by `createPyodidePool` and `createNodePyodidePool`. */
export interface PyodidePool {
  /** How many batches are worked on at once. */
  readonly lanes: number;
  readonly status: ExecutorStatus;
  /** Ends all workers, also those that compute. Twice is fine. */
  dispose(): void;
}

/** The workers behind the public face. */
export function workersOf(pool: PyodidePool): Pools {
  if (pool instanceof Pools) return pool;
  throw new LoomError('executor/not-a-pool', 'This is no pool of workers. Make one with createPyodidePool.');
}
