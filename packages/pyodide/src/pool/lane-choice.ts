/** What is known of a worker when a batch looks for one. */
export interface LaneView {
  /** Milliseconds until it is free: 0 when it is, `Infinity` when nobody can tell. */
  readonly waitMs: number;
  /** Milliseconds that bringing the inputs there takes, about: `Infinity` while they cannot be had from where they are. */
  readonly moveMs: number;
  /** False when an input can not be brought there. */
  readonly fits: boolean;
}

export type LaneChoice =
  /** The place of the worker to use now. */
  | { readonly kind: 'use'; readonly lane: number }
  /** None is worth waiting for: another one should be started. */
  | { readonly kind: 'open' }
  /** Some worker is worth waiting for; looked at again after so long, or when one becomes free. */
  | { readonly kind: 'wait'; readonly ms: number };

/** A message there and back, and what Python does to pack and unpack. */
const MOVE_MS = 3;
/** Copying out, transferring and copying in. */
const MOVED_BYTES_PER_MS = 200_000;
/** Who has to wait longer than this wants another worker. */
const PATIENCE_MS = 100;

/** About how long values take from one worker to another. */
export function moveTime(values: number, bytes: number): number {
  return values === 0 ? 0 : MOVE_MS + bytes / MOVED_BYTES_PER_MS;
}

/**
 * Chooses the worker where a batch is done soonest: one that is free and has the inputs, else one where they can be
 * brought sooner than the one that has them becomes free. So large values draw their tasks, and batches of short tasks
 * are not torn from their small inputs.
 */
export function chooseLane(lanes: readonly LaneView[], mayOpen: boolean): LaneChoice {
  // When each holds something that cannot leave, any is as good as the other: the batch is told.
  const isPossible = lanes.some((lane) => lane.fits);
  let best = -1;
  let least = Number.POSITIVE_INFINITY;
  for (const [index, { waitMs, moveMs, fits }] of lanes.entries()) {
    const cost = waitMs + moveMs;
    if ((isPossible && !fits) || cost >= least) continue;
    best = index;
    least = cost;
  }
  const chosen = lanes[best];
  if (chosen?.waitMs === 0) return { kind: 'use', lane: best };
  // Another worker would not have the inputs either.
  const isBound = lanes.some((lane) => !lane.fits || lane.moveMs === Number.POSITIVE_INFINITY);
  const waitMs = chosen?.waitMs ?? Number.POSITIVE_INFINITY;
  if (mayOpen && !isBound && waitMs > PATIENCE_MS) return { kind: 'open' };
  return { kind: 'wait', ms: waitMs };
}
