import type { loadPyodide, PyodideAPI } from 'pyodide';
import type { BootRequest, BootStage } from '../link/protocol.js';
import { BRIDGE_NAME, BRIDGE_SOURCE } from './bridge.js';
import { WorkerFault } from './fault.js';
import { diagnoseImport, downloadFiles } from './files.js';
import { instantiation, isOutOfMemory, memoryFault } from './instantiation.js';

export type ReportStage = (stage: BootStage, loaded?: number, total?: number) => void;

interface BootPurpose {
  /** Pyodide has to know from the start. */
  readonly makesSnapshot?: boolean;
  /** May come while files are downloaded. */
  readonly snapshot?: Promise<ArrayBuffer | undefined>;
  /** Hears the compiled code, unless it came with the request. */
  readonly onCompiled?: (code: WebAssembly.Module) => void;
}

/** Starts Python with the harness's files in place. Settles whatever goes wrong, where `loadPyodide` alone would hang. */
export async function bootPyodide(
  request: BootRequest,
  report: ReportStage,
  { makesSnapshot = false, snapshot, onCompiled }: BootPurpose = {},
): Promise<PyodideAPI> {
  checkWebAssemblyAllowed();
  report('download');
  // In Node the files are read from disk, and whoever made the worker has looked that they are there.
  const downloads = request.indexPath
    ? undefined
    : downloadFiles(request.indexUrl, !request.code, (loaded, total) => {
        report('download', loaded, total);
        if (loaded === total) report('compile');
      });
  const instance = instantiation({
    code: request.code,
    response: downloads?.code,
    memoryLimit: request.memoryLimit,
    onInstantiated(code) {
      report('python');
      if (!request.code) onCompiled?.(code);
    },
  });
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
        const encoder = new TextEncoder();
        for (const [name, text] of Object.entries(files)) {
          const path = `${sitePackages}/${name}`;
          FS.mkdirTree(path.slice(0, path.lastIndexOf('/')));
          // A text would go in character by character, which takes three times as long.
          FS.writeFile(path, encoder.encode(text));
        }
      },
    });
  };
  try {
    return await Promise.race([load(), instance.failure, ...(downloads ? [downloads.failure] : [])]);
  } catch (thrown) {
    throw isOutOfMemory(thrown) ? memoryFault(thrown) : thrown;
  } finally {
    downloads?.stop();
    instance.stop();
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
