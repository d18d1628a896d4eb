import { access, readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Executor } from '@loom/engine';
import { LoomError } from '@loom/graph';
import { runtimeSources } from '@loom/python';
import { PYODIDE_FILES } from './assets.js';
import { MemoryStore, Snapshots } from './boot/snapshots.js';
import { CompiledCode, type WorkerSource } from './boot/start-worker.js';
import { fetchAddress, missing, type ReadAddress } from './environment/read-address.js';
import { PyodideExecutor } from './executor.js';
import { createNodeWorker } from './node-worker.js';
import { DEFAULT_MEMORY_LIMIT, type ExecutorOptions, type PoolOptions, workerCounts } from './options.js';
import { WorkerPool } from './pool/pool.js';
import { Pools } from './pool/pools.js';
import { type PyodidePool, workersOf } from './pool/shared-pool.js';
import type { SharedByPools } from './pool/worker-limit.js';
import workerSource from './worker/worker.js?bundle';

export type { ExecutorOptions, PoolOptions, RecyclePolicy } from './options.js';
export type { PyodidePool } from './pool/shared-pool.js';

/** Options of {@link createNodePyodidePool}. */
export interface NodePyodidePoolOptions extends PoolOptions {
  /** The folder with Pyodide's files, as a path or a `file:` URL. @default the npm package `pyodide` */
  readonly indexPath?: string | URL;
}

/** Options of {@link createNodePyodideExecutor} for an executor with workers of its own. */
export interface NodePyodideExecutorOptions extends NodePyodidePoolOptions, ExecutorOptions {}

/** Options of {@link createNodePyodideExecutor} for an executor that shares its workers. */
export interface SharedNodePyodideOptions extends ExecutorOptions {
  readonly pool: PyodidePool;
}

/**
 * Runs Python nodes in Node, with Pyodide in worker threads. A worker that has nothing to do does not keep the process
 * alive. It is no sandbox: its Python can reach everything that the process can.
 *
 * @example
 * ```ts
 * const executor = createNodePyodideExecutor();
 * const engine = createEngine({ library, executors: [executor] });
 * ```
 */
export function createNodePyodideExecutor(
  options: NodePyodideExecutorOptions | SharedNodePyodideOptions = {},
): Executor {
  if ('pool' in options) return new PyodideExecutor(workersOf(options.pool), options, false, readAddressInNode);
  return new PyodideExecutor(threads(options), options, true, readAddressInNode);
}

/**
 * Worker threads for several executors; see `createPyodidePool` of `@loom/pyodide`.
 *
 * @example
 * ```ts
 * const pool = createNodePyodidePool({ lanes: 2 });
 * const executors = [createNodePyodideExecutor({ pool })];
 * ```
 */
export function createNodePyodidePool(options: NodePyodidePoolOptions = {}): PyodidePool {
  return threads(options);
}

function threads(options: NodePyodidePoolOptions): Pools {
  const folder = indexFolder(options.indexPath);
  const source: WorkerSource = {
    async open() {
      await checkFiles(folder);
      return createNodeWorker(workerSource);
    },
    indexUrl: pathToFileURL(folder).href,
    indexPath: folder,
    shared: true,
    jsAccess: options.jsAccess ?? false,
    memoryLimit: options.memoryLimit ?? DEFAULT_MEMORY_LIMIT,
    runtime: runtimeSources,
    compiled: new CompiledCode(),
    ...(options.snapshot === 'off' ? {} : { snapshots: new Snapshots(new MemoryStore(), 'node') }),
  };
  const { lanes, maxWorkers } = workerCounts(options, availableParallelism());
  const create = (shared: SharedByPools) => new WorkerPool(source, options, { lanes, spare: false }, shared);
  return new Pools(create, maxWorkers);
}

/** The folder as a path with a separator at its end. */
function indexFolder(option: string | URL | undefined): string {
  if (option === undefined) return path.join(packageFolder(), path.sep);
  const folder = /^file:/.test(String(option)) ? fileURLToPath(option) : String(option);
  return path.join(path.resolve(folder), path.sep);
}

function packageFolder(): string {
  return path.dirname(createRequire(import.meta.url).resolve('pyodide/package.json'));
}

/** In Node an address may be a path, and a file is read. */
const readAddressInNode: ReadAddress = {
  resolve(address) {
    const text = String(address);
    return /^[a-z][a-z+.-]+:/i.test(text) ? fetchAddress.resolve(text) : pathToFileURL(path.resolve(text));
  },
  async read(url, options) {
    if (url.protocol !== 'file:') return fetchAddress.read(url, options);
    try {
      const bytes = await readFile(url);
      return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
    } catch (cause) {
      throw missing(url, 'it is not there', { cause });
    }
  },
  // Of what is no folder the list will be missed.
  list: async (url) => (url.protocol === 'file:' ? readdir(url).catch(() => undefined) : undefined),
};

/** Pyodide would wait for ever for a file that is not there. */
async function checkFiles(folder: string): Promise<void> {
  for (const name of PYODIDE_FILES) {
    const file = path.join(folder, name);
    try {
      await access(file);
    } catch (cause) {
      throw new LoomError(
        'pyodide/not-found',
        `${file} is missing. Install the npm package pyodide, or correct indexPath.`,
        {
          cause,
          context: { file },
        },
      );
    }
  }
}
