import type { Executor } from '@loom/engine';
import { LoomError } from '@loom/graph';
import { runtimeSources } from '@loom/python';
import { PyodideExecutor } from './executor.js';
import { createModuleWorker, type ModuleWorkerOptions } from './module-worker.js';
import type { PyodideOptions } from './options.js';
import workerSource from './worker/worker.js?bundle';

/** Options of {@link createPyodideExecutor}. */
export interface PyodideExecutorOptions extends PyodideOptions, ModuleWorkerOptions {
  /** The folder with Pyodide's files, relative to the page or absolute. See `pyodideAssets` of `@loom/pyodide/vite`. */
  readonly indexUrl: string | URL;
}

/**
 * Runs Python nodes in the browser, in one worker. Nothing is loaded before the first start, and nothing is fetched
 * from anywhere but `indexUrl`.
 *
 * @throws LoomError `executor/bad-index-url` when `indexUrl` is no address.
 *
 * @example
 * ```ts
 * const executor = createPyodideExecutor({ indexUrl: '/pyodide/' });
 * const engine = createEngine({ library, executors: [executor] });
 * ```
 */
export function createPyodideExecutor(options: PyodideExecutorOptions): Executor {
  return new PyodideExecutor(
    {
      open: () => createModuleWorker(workerSource, options),
      indexUrl: absoluteFolder(options.indexUrl),
      shared: globalThis.crossOriginIsolated === true,
      jsAccess: options.jsAccess ?? false,
      runtime: runtimeSources,
    },
    options,
  );
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
