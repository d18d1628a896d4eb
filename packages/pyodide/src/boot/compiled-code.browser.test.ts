import { runtimeSources } from '@loom/python';
import { expect, it, onTestFinished } from 'vitest';
import { disposedError } from '../disposed-error.js';
import { createModuleWorker } from '../link/module-worker.js';
import workerSource from '../worker/worker.js?bundle';
import { CompiledCode, startWorker, type WorkerSource } from './start-worker.js';

const STALL_MS = 60_000;

/** Runs before a worker: the file with the WebAssembly is not there any more. */
const WITHOUT_CODE = `
const realFetch = globalThis.fetch;
globalThis.fetch = (url, init) =>
  String(url).endsWith('.wasm') ? Promise.resolve(new Response(null, { status: 404 })) : realFetch(url, init);
`;

function sourceOf(worker: string, compiled: CompiledCode): WorkerSource {
  return {
    open: () => createModuleWorker(worker),
    indexUrl: new URL('/pyodide/', location.href).href,
    shared: true,
    jsAccess: false,
    memoryLimit: 2 ** 30,
    runtime: runtimeSources,
    compiled,
  };
}

async function started(source: WorkerSource): Promise<void> {
  const { signal } = new AbortController();
  const { connection } = await startWorker(source, { generation: 1, stallMs: STALL_MS, signal });
  onTestFinished(() => connection.close(disposedError()));
}

it('a worker needs no WebAssembly when an earlier one has compiled it', async () => {
  const compiled = new CompiledCode();
  await expect(started(sourceOf(WITHOUT_CODE + workerSource, compiled))).rejects.toMatchObject({
    code: 'pyodide/not-found',
  });
  await started(sourceOf(workerSource, compiled));
  expect(compiled.module).toBeInstanceOf(WebAssembly.Module);
  await started(sourceOf(WITHOUT_CODE + workerSource, compiled));
});
