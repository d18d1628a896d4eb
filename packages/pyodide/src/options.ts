import type { PackageSources } from './environment/package-sources.js';
import type { RestartPolicy } from './pool/restart-budget.js';

/** When a worker makes room for a new one. What is still needed of its values is computed again. */
export interface RecyclePolicy {
  /** After so many tasks it goes as soon as nobody holds a value in it; after twice as many at once. */
  readonly tasks: number;
  /** The same for the bytes of its memory, which grows and never shrinks; without those of values that are still held. */
  readonly heapBytes: number;
}

/** Options of the workers, of one executor or of a pool that several share. */
export interface PoolOptions {
  /** How many workers compute at once, at most; each takes about 100 MB. @default one less than there are cores, from 1 to 4 */
  readonly lanes?: number;
  /**
   * How many workers there are at most, over all sets of packages and with those that stand by. When all of them are there, one that
   * has nothing to do is ended for a set that has none or too few, and what is still needed of its values is computed again; while all
   * have something to do, that set waits.
   * @default twice `lanes`, and one
   */
  readonly maxWorkers?: number;
  /** Keeps one worker ready beside those, for when one has to be ended. @default true in a page, false in Node */
  readonly spare?: boolean;
  /**
   * Starts Python from a picture of its memory, several times as fast. It is made once, when nothing is to be done, and
   * is 31 MB: `stored` keeps it in IndexedDB of the page's origin (in Node: as `memory`), `memory` while the page lives.
   * @default 'stored' in a page, 'memory' in Node
   */
  readonly snapshot?: 'stored' | 'memory' | 'off';
  /**
   * Bytes of memory for each worker, about; beyond it code gets a `MemoryError`, and the worker goes on.
   * @default 2 GiB
   */
  readonly memoryLimit?: number;
  /** A start fails after this long without a sign of life. It is no limit for a slow download. @default 30000 */
  readonly stallTimeoutMs?: number;
  /** How often a worker that died by itself is started again. @default 3 times in a minute */
  readonly restarts?: RestartPolicy;
  /**
   * Lets node sources import `js`, `pyodide` and what else reaches into the page, with its cookies and storage. Without it
   * they cannot by accident; it is no sandbox.
   * @default false
   */
  readonly jsAccess?: boolean;
  /**
   * `auto` interrupts running code where the page is cross-origin isolated (always in Node) and ends the worker
   * elsewhere; `restart` always ends the worker.
   * @default 'auto'
   */
  readonly cancel?: 'auto' | 'restart';
  /** @default after 100,000 tasks, or with 512 MiB of memory */
  readonly recycle?: RecyclePolicy;
}

/** Options that every Pyodide executor has, in a page and in Node, whether or not it shares its workers. */
export interface ExecutorOptions {
  /** Names the executor in refs and events. @default 'pyodide' */
  readonly id?: string;
  /** Where packages come from that flows require, beside those that lie next to Pyodide. @default none */
  readonly packages?: PackageSources;
  /**
   * How long cancelled code may take to end before its worker is ended, which may lose values. Code that can not be interrupted and
   * does not even hear of it has three tenths of that.
   * @default 500
   */
  readonly graceMs?: number;
}

export const DEFAULT_STALL_MS = 30_000;
export const DEFAULT_MEMORY_LIMIT = 2 * 2 ** 30;
export const DEFAULT_GRACE_MS = 500;
export const DEFAULT_RECYCLE: RecyclePolicy = { tasks: 100_000, heapBytes: 512 * 2 ** 20 };

const MOST_LANES = 4;

/** How many workers there may be of one set of packages, and of all. One core is left to the page. */
export function workerCounts(
  { lanes, maxWorkers }: PoolOptions,
  cores: number,
): { readonly lanes: number; readonly maxWorkers: number } {
  const wanted = atLeastOne(lanes ?? Math.min(MOST_LANES, cores - 1));
  const most = atLeastOne(maxWorkers ?? 2 * wanted + 1);
  return { lanes: Math.min(wanted, most), maxWorkers: most };
}

const atLeastOne = (count: number): number => Math.max(1, Math.floor(count));
