/** A worker as it looks to those who need room for another one. */
export interface WorkerView {
  /** A `spare` one stands by. A `busy` one has something to do, or is only starting. */
  readonly state: 'spare' | 'idle' | 'busy';
  readonly hasValues: boolean;
  /** Milliseconds since somebody used it. */
  readonly restMs: number;
}

/** The workers with one set of packages. */
export interface PoolView<Worker> {
  readonly workers: readonly Worker[];
  /** Whether somebody waits for one of them. */
  readonly isWaiting: boolean;
}

/** What there is to know when one more worker is needed. */
export interface RoomRequest<Worker> {
  /** How many workers there may be in all. */
  readonly most: number;
  /** How many there are already with the packages that are needed. */
  readonly own: number;
  readonly others: readonly PoolView<Worker>[];
  /** For how long room has been waited for. */
  readonly waitedMs: number;
}

export type RoomChoice<Worker> =
  | { readonly kind: 'free' }
  /** There is room in the place of this one. */
  | { readonly kind: 'end'; readonly worker: Worker }
  | { readonly kind: 'wait' };

/** Who has just used a worker, or was just given it, mostly wants more of it: so long nobody else is given its place. */
const REST_MS = 1_000;
/** Who has waited so long does not respect that: sets that share one place have it in turn, and none waits for ever. */
const PATIENCE_MS = 10_000;

/**
 * Finds room for one more worker. Below the limit there is; else that of one that stands by, else that of one that has nothing
 * to do, first without values and where it was used least recently. Who has no worker at all may also take values, which are
 * computed again; who only wants more of them takes nothing that anybody needs.
 */
export function chooseRoom<Worker extends WorkerView>(request: RoomRequest<Worker>): RoomChoice<Worker> {
  const { most, own, others, waitedMs } = request;
  if (others.reduce((sum, { workers }) => sum + workers.length, own) < most) return { kind: 'free' };
  const spare = others.flatMap(({ workers }) => workers).find(({ state }) => state === 'spare');
  if (spare) return { kind: 'end', worker: spare };
  const [worker] = others
    .flatMap((pool) => pool.workers.filter((each) => each.state === 'idle' && mayGo(each, pool, own === 0, waitedMs)))
    .sort((a, b) => Number(a.hasValues) - Number(b.hasValues) || b.restMs - a.restMs);
  return worker ? { kind: 'end', worker } : { kind: 'wait' };
}

function mayGo(
  { hasValues, restMs }: WorkerView,
  { workers, isWaiting }: PoolView<unknown>,
  isUrgent: boolean,
  waitedMs: number,
): boolean {
  const isRested = restMs >= REST_MS;
  if (!isUrgent) return isRested && !hasValues && !isWaiting;
  // Of several others remain, so that nothing goes back and forth.
  return isRested || workers.length > 1 || waitedMs >= PATIENCE_MS;
}
