import { access } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Executor } from '@loom/engine';
import { LoomError } from '@loom/graph';
import { runtimeSources } from '@loom/python';
import { PYODIDE_FILES } from './assets.js';
import { PyodideExecutor } from './executor.js';
import { createNodeWorker } from './node-worker.js';
import type { PyodideOptions } from './options.js';
import workerSource from './worker/worker.js?bundle';

export type { PyodideOptions } from './options.js';

/** Options of {@link createNodePyodideExecutor}. */
export interface NodePyodideExecutorOptions extends PyodideOptions {
  /** The folder with Pyodide's files, as a path or a `file:` URL. @default the npm package `pyodide` */
  readonly indexPath?: string | URL;
}

/**
 * Runs Python nodes in Node, with Pyodide in a worker thread. A worker that has nothing to do does not keep the process
 * alive. It is no sandbox: its Python can reach everything that the process can.
 *
 * @example
 * ```ts
 * const executor = createNodePyodideExecutor();
 * const engine = createEngine({ library, executors: [executor] });
 * ```
 */
export function createNodePyodideExecutor(options: NodePyodideExecutorOptions = {}): Executor {
  const folder = indexFolder(options.indexPath);
  return new PyodideExecutor(
    {
      async open() {
        await checkFiles(folder);
        return createNodeWorker(workerSource);
      },
      indexUrl: pathToFileURL(folder).href,
      indexPath: folder,
      shared: true,
      jsAccess: options.jsAccess ?? false,
      runtime: runtimeSources,
    },
    options,
  );
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
