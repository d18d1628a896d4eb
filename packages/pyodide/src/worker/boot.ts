import type { loadPyodide, PyodideAPI } from 'pyodide';
import type { BootRequest, BootStage } from '../link/protocol.js';
import { BRIDGE_NAME, BRIDGE_SOURCE } from './bridge.js';
import { messageOf, WorkerFault } from './fault.js';
import { diagnoseImport, downloadFiles } from './files.js';

export type ReportStage = (stage: BootStage, loaded?: number, total?: number) => void;

interface BootPurpose {
  /** Pyodide has to know from the start. */
  readonly makesSnapshot?: boolean;
  /** May come while files are downloaded. */
  readonly snapshot?: Promise<ArrayBuffer | undefined>;
}

/** Starts Python with the harness's files in place. Settles whatever goes wrong, where `loadPyodide` alone would hang. */
export async function bootPyodide(
  request: BootRequest,
  report: ReportStage,
  { makesSnapshot = false, snapshot }: BootPurpose = {},
): Promise<PyodideAPI> {
  checkWebAssemblyAllowed();
  report('download');
  // In Node the files are read from disk, and whoever made the worker has looked that they are there.
  const downloads = request.indexPath
    ? undefined
    : downloadFiles(request.indexUrl, (loaded, total) => {
        report('download', loaded, total);
        if (loaded === total) report('compile');
      });
  const instantiation = watchInstantiation(report, request.memoryLimit);
  const load = async (): Promise<PyodideAPI> => {
    // Side by side: `loadPyodide` would ask for the second only after the first has arrived.
    const [pyodide, , picture] = await Promise.all([
      importModule<{ loadPyodide: typeof loadPyodide }>(`${request.indexUrl}pyodide.mjs`),
      importModule(`${request.indexUrl}pyodide.asm.mjs`),
      snapshot,
    ]);
    const index = request.indexPath ?? request.indexUrl;
    return pyodide.loadPyodide({
      indexURL: index,
      // Without it Pyodide keeps a public CDN in mind.
      packageBaseUrl: index,
      env: { HOME: '/home/pyodide', MPLBACKEND: 'AGG', PYTHONDONTWRITEBYTECODE: '1' },
      ...(makesSnapshot ? { _makeSnapshot: true } : {}),
      ...(picture ? { _loadSnapshot: picture } : {}),
      stdin: () => null,
      stdout: (text) => console.debug(text),
      stderr: (text) => console.debug(text),
      fsInit: async (FS, { sitePackages }) => {
        const files: Record<string, string> = { ...request.runtime, [`${BRIDGE_NAME}.py`]: BRIDGE_SOURCE };
        for (const [name, text] of Object.entries(files)) {
          const path = `${sitePackages}/${name}`;
          FS.mkdirTree(path.slice(0, path.lastIndexOf('/')));
          FS.writeFile(path, text);
        }
      },
    });
  };
  try {
    return await Promise.race([load(), instantiation.failure, ...(downloads ? [downloads.failure] : [])]);
  } catch (thrown) {
    throw isOutOfMemory(thrown) ? memoryFault(thrown) : thrown;
  } finally {
    downloads?.stop();
    instantiation.stop();
  }
}

async function importModule<T>(url: string): Promise<T> {
  try {
    return await import(/* @vite-ignore */ /* webpackIgnore: true */ /* turbopackIgnore: true */ url);
  } catch (cause) {
    throw await diagnoseImport(url, cause);
  }
}

/** A page whose policy forbids WebAssembly says so only here; later it would look like a slow download. */
function checkWebAssemblyAllowed(): void {
  if (typeof WebAssembly === 'undefined') {
    throw new WorkerFault('pyodide/no-webassembly', 'This browser has no WebAssembly, which Python needs.');
  }
  try {
    new WebAssembly.Module(new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]));
  } catch (cause) {
    throw new WorkerFault(
      'pyodide/blocked-by-policy',
      `The page's Content-Security-Policy forbids WebAssembly. Add 'wasm-unsafe-eval' to its script-src.`,
      {},
      cause,
    );
  }
}

/** Browsers have no error of their own for it. */
function isOutOfMemory(thrown: unknown): boolean {
  return thrown instanceof RangeError && /memory|allocat/i.test(thrown.message);
}

function memoryFault(cause: unknown): WorkerFault {
  return new WorkerFault(
    'pyodide/out-of-memory',
    `There was not enough memory to start Python: ${messageOf(cause)}. A worker takes about 100 MB: close other tabs, or ` +
      'make the executor with fewer lanes and without a spare worker.',
    {},
    cause,
  );
}

/** Pyodide only warns when its WebAssembly cannot be compiled, and then waits for ever. */
function watchInstantiation(
  report: ReportStage,
  memoryLimit: number,
): { readonly failure: Promise<never>; stop(): void } {
  const real = { instantiate: WebAssembly.instantiate, instantiateStreaming: WebAssembly.instantiateStreaming };
  let fail: (fault: WorkerFault) => void = () => {};
  const failure = new Promise<never>((_, reject) => {
    fail = reject;
  });
  failure.catch(() => {});
  const watched = <Arguments extends unknown[], Result>(instantiate: (...args: Arguments) => Promise<Result>) => {
    return async (...args: Arguments): Promise<Result> => {
      // Pyodide also tries out a tiny module without imports, to see what the browser can do.
      if (args.length < 2) return instantiate.apply(WebAssembly, args);
      limitMemory(args[1] as WebAssembly.Imports, memoryLimit);
      try {
        const result = await instantiate.apply(WebAssembly, args);
        report('python');
        return result;
      } catch (cause) {
        fail(
          isOutOfMemory(cause)
            ? memoryFault(cause)
            : new WorkerFault('pyodide/not-compiled', `Python could not be compiled: ${messageOf(cause)}`, {}, cause),
        );
        throw cause;
      }
    };
  };
  WebAssembly.instantiate = watched(real.instantiate as never) as never;
  if (real.instantiateStreaming) WebAssembly.instantiateStreaming = watched(real.instantiateStreaming);
  return {
    failure,
    stop() {
      Object.assign(WebAssembly, real);
    },
  };
}

/**
 * Refuses memory beyond the limit, which Python tells to the code as a MemoryError. Without it a page's worker grows to
 * 4 GB, and the browser may end the whole page. Memory grows in steps, so it may be a fifth more at last.
 */
function limitMemory({ env }: WebAssembly.Imports, limit: number): void {
  const grow = env?.emscripten_resize_heap;
  if (!env || typeof grow !== 'function') return;
  env.emscripten_resize_heap = (bytes: number) => (bytes >>> 0 > limit ? 0 : grow(bytes));
}
