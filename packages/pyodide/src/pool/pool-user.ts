import type { ExecutorStatus } from '@loom/engine';
import type { LoomError } from '@loom/graph';
import type { Session } from './session.js';

/** What a batch asks of a worker. */
export interface LaneRequest {
  /** About how long it takes; `undefined` when nobody knows. */
  readonly workMs: () => number | undefined;
  /** What bringing its inputs to a worker means. */
  readonly moving: (session: Session) => { readonly moveMs: number; readonly fits: boolean };
}

/** Who uses a pool. */
export interface PoolUser {
  readonly onStatus: (status: ExecutorStatus) => void;
  /** A worker that was ready has ended, with all of its values. */
  readonly onLost: (session: Session, reason: LoomError) => void;
  /** About how many bytes a worker has of the user's values; undefined when it has none of them. */
  readonly bytesIn: (session: Session) => number | undefined;
}
