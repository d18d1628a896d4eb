import type { Executor } from '@loom/engine';
import { LoomError } from '@loom/graph';
import { runtimeSources } from '@loom/python';
import { IndexedDbStore } from './boot/indexed-db-store.js';
import { MemoryStore, Snapshots, snapshotKey } from './boot/snapshots.js';
import { CompiledCode, type WorkerSource } from './boot/start-worker.js';
import { PyodideExecutor } from './executor.js';
import { createModuleWorker, type ModuleWorkerOptions } from './link/module-worker.js';
import { DEFAULT_MEMORY_LIMIT, type ExecutorOptions, type PoolOptions, workerCounts } from './options.js';
import { WorkerPool } from './pool/pool.js';
import { Pools } from './pool/pools.js';
import { type PyodidePool, workersOf } from './pool/shared-pool.js';
import type { SharedByPools } from './pool/worker-limit.js';
import { checkSameTrust, isolationFor, type Trust } from './trust.js';
import workerSource from './worker/worker.js?bundle';

/** Options of {@link createPyodidePool}. */
export interface PyodidePoolOptions extends PoolOptions, ModuleWorkerOptions {
  /** The folder with Pyodide's files, relative to the page or absolute. See `pyodideAssets` of `@loom/pyodide/vite`. */
  readonly indexUrl: string | URL;
  /**
   * Where the flows come from: `untrusted` when not from the page's own user or app. Their workers have an origin of their
   * own (`isolation: 'opaque'`), and their nodes cannot import what reaches into the page; options that weaken this are
   * refused. JavaScript nodes run in the page whatever this says: give such flows an engine that has none.
   * @default 'trusted'
   */
  readonly trust?: Trust;
}

/** Options of {@link createPyodideExecutor} for an executor with workers of its own. */
export interface PyodideExecutorOptions extends PyodidePoolOptions, ExecutorOptions {}

/** Options of {@link createPyodideExecutor} for an executor that shares its workers. */
export interface SharedPyodideOptions extends ExecutorOptions {
  readonly pool: PyodidePool;
  /** As of the pool: flows that are trusted and others never share workers. @default 'trusted' */
  readonly trust?: Trust;
}

/**
 * Runs Python nodes in the browser, in workers. Nothing is loaded before the first start, and nothing is fetched from
 * anywhere but `indexUrl`.
 *
 * @throws LoomError `executor/bad-index-url` when `indexUrl` is no address; `executor/bad-options` when options contradict
 * `trust`.
 *
 * @example
 * ```ts
 * const executor = createPyodideExecutor({ indexUrl: '/pyodide/' });
 * const engine = createEngine({ library, executors: [executor] });
 * ```
 */
export function createPyodideExecutor(options: PyodideExecutorOptions | SharedPyodideOptions): Executor {
  if ('pool' in options) {
    const workers = workersOf(options.pool);
    checkSameTrust(options.trust, workers.trust);
    return new PyodideExecutor(workers, options, false);
  }
  return new PyodideExecutor(pageWorkers(options), options, true);
}

/**
 * Workers for several executors, of engines and editors on one page: fewer of them have to be started, and they are kept
 * until the pool is disposed of. Executors that share see what the code of others does to the interpreter (its modules,
 * its working folder), so share among flows that trust each other. Their values and node types stay apart.
 *
 * @throws LoomError `executor/bad-index-url` when `indexUrl` is no address.
 *
 * @example
 * ```ts
 * const pool = createPyodidePool({ indexUrl: '/pyodide/', lanes: 2 });
 * const left = createEngine({ library, executors: [createPyodideExecutor({ pool })] });
 * const right = createEngine({ library, executors: [createPyodideExecutor({ pool })] });
 * ```
 */
export function createPyodidePool(options: PyodidePoolOptions): PyodidePool {
  return pageWorkers(options);
}

function pageWorkers(options: PyodidePoolOptions): Pools {
  const indexUrl = absoluteFolder(options.indexUrl);
  const { snapshot = 'stored', trust = 'trusted' } = options;
  const isolation = isolationFor(trust, options);
  const store = snapshot === 'stored' && globalThis.indexedDB ? new IndexedDbStore() : new MemoryStore();
  const source: WorkerSource = {
    open: () => createModuleWorker(workerSource, { ...options, isolation }),
    indexUrl,
    // Some builds of WebKit are isolated and have no shared memory all the same.
    shared: globalThis.crossOriginIsolated === true && typeof SharedArrayBuffer === 'function',
    jsAccess: options.jsAccess ?? false,
    memoryLimit: options.memoryLimit ?? DEFAULT_MEMORY_LIMIT,
    runtime: runtimeSources,
    compiled: new CompiledCode(),
    ...(snapshot === 'off'
      ? {}
      : { snapshots: new Snapshots(store, snapshotKey(indexUrl, { ...runtimeSources, workerSource })) }),
  };
  const { lanes, maxWorkers } = workerCounts(options, globalThis.navigator?.hardwareConcurrency ?? 1);
  const create = (shared: SharedByPools) => new WorkerPool(source, options, { lanes, spare: true }, shared);
  return new Pools(create, maxWorkers, trust);
}

/** A worker made from a Blob has no address that anything could be relative to. */
function absoluteFolder(url: string | URL): string {
  try {
    const absolute = new URL(url, globalThis.location?.href).href;
    return absolute.endsWith('/') ? absolute : `${absolute}/`;
  } catch (cause) {
    throw new LoomError('executor/bad-index-url', `"${url}" is no address of a folder. Use something like /pyodide/.`, {
      cause,
      context: { indexUrl: String(url) },
    });
  }
}
