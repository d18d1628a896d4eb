import { Worker } from 'node:worker_threads';
import { LoomError } from '@loom/graph';
import type { WorkerLink } from './link/worker-link.js';

/**
 * Runs before the worker's own source. Gives it the channel that a page's worker has by itself, keeps it alive where a
 * page's worker would live on (after an exception in a callback), and silences what Pyodide says to the console.
 */
const PRELUDE = `import { parentPort } from 'node:worker_threads';
globalThis.loomWorkerChannel = {
  postMessage: (message) => parentPort.postMessage(message),
  addEventListener: (_type, listener) => parentPort.on('message', (data) => listener({ data })),
};
for (const event of ['uncaughtException', 'unhandledRejection']) process.on(event, () => {});
for (const method of ['debug', 'log', 'info', 'warn', 'error']) console[method] = () => {};
`;

/** Makes a worker of Node from the same source as in a page. */
export function createNodeWorker(source: string): WorkerLink {
  // A data URL is a module everywhere, from source and from dist, with no file to find.
  const worker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(PRELUDE + source)}`), {
    name: 'loom-pyodide',
    // Loaders of the parent (tsx, test runners) have no business here and cost time.
    execArgv: [],
    // Kept from the process's own streams, where results go. Nobody reads them: reading would keep the process alive.
    stdout: true,
    stderr: true,
  });
  worker.unref();
  return {
    postMessage: (message, transfer) => worker.postMessage(message, [...transfer] as never[]),
    onMessage: (listener) => void worker.on('message', listener),
    onDeath(listener) {
      worker.on('error', (cause) =>
        listener(new LoomError('executor/lost', `The worker failed: ${String(cause)}`, { cause })),
      );
      worker.on('messageerror', (cause) =>
        listener(new LoomError('executor/lost', 'A message of the worker could not be read.', { cause })),
      );
      worker.on('exit', (code) =>
        listener(new LoomError('executor/lost', `The worker ended with code ${code}.`, { context: { code } })),
      );
    },
    terminate: () => void worker.terminate(),
    keepAlive: (needed) => (needed ? worker.ref() : worker.unref()),
  };
}
