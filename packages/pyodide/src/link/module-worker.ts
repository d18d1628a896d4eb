import { LoomError } from '@loom/graph';
import type { WorkerLink } from './worker-link.js';

/** How the worker of a page is made. */
export interface ModuleWorkerOptions {
  /**
   * Address of the worker as a file, for pages whose Content-Security-Policy has no `blob:` in `worker-src`:
   * serve `@loom/pyodide/worker` there.
   */
  readonly workerUrl?: string | URL;
  /** Makes the worker; it must be a module worker that runs `@loom/pyodide/worker`. */
  readonly createWorker?: () => Worker;
  /**
   * `opaque` gives the workers an origin of their own: no cookies, no storage and no requests in the name of the page's
   * user. Pyodide's files must be served with `Access-Control-Allow-Origin`, and a Content-Security-Policy must have
   * `data:` in `worker-src`.
   * @default 'same-origin', and 'opaque' for untrusted flows
   */
  readonly isolation?: 'same-origin' | 'opaque';
}

/** Makes the worker of a page: from its source as a Blob, which needs nothing from the app's bundler. */
export function createModuleWorker(source: string, options: ModuleWorkerOptions = {}): WorkerLink {
  const { worker, release } = construct(source, options);
  const from = options.workerUrl ? ` from ${options.workerUrl}` : '';
  return {
    // Only secure pages have locks.
    locks: globalThis.navigator?.locks,
    postMessage: (message, transfer) => worker.postMessage(message, [...transfer]),
    onMessage(listener) {
      worker.addEventListener('message', (event: MessageEvent) => {
        release();
        listener(event.data);
      });
    },
    onDeath(listener) {
      let loaded = false;
      worker.addEventListener('message', () => {
        loaded = true;
      });
      worker.addEventListener('error', (event) => {
        // Later errors are uncaught exceptions of callbacks, which a worker survives.
        if (loaded) return;
        event.preventDefault();
        listener(
          new LoomError(
            'executor/lost',
            `The worker could not be loaded${from}. ${event.message || HINT}`,
            options.workerUrl ? { context: { url: String(options.workerUrl) } } : {},
          ),
        );
      });
      worker.addEventListener('messageerror', () =>
        listener(new LoomError('executor/lost', 'A message of the worker could not be read.')),
      );
    },
    terminate() {
      release();
      worker.terminate();
    },
  };
}

const HINT =
  "The browser gives no reason; most often the page's Content-Security-Policy forbids it. Allow blob: in worker-src, " +
  'or serve @loom/pyodide/worker as a file and name it in workerUrl.';

function construct(source: string, options: ModuleWorkerOptions): { worker: Worker; release: () => void } {
  const isOpaque = options.isolation === 'opaque';
  if (options.createWorker) {
    if (!isOpaque) return { worker: options.createWorker(), release: () => {} };
    throw new LoomError(
      'executor/bad-options',
      'A worker of createWorker has the origin that it has. Leave createWorker or isolation away.',
    );
  }
  // Bundlers rewrite `new Worker(...)`, some of them into a classic worker, which Pyodide refuses: hence the alias.
  const WorkerConstructor = globalThis.Worker;
  if (!WorkerConstructor) {
    throw new LoomError(
      'executor/unsupported',
      'There is no Worker here. In Node use createNodePyodideExecutor of @loom/pyodide/node.',
    );
  }
  const file = options.workerUrl && new URL(options.workerUrl, globalThis.location?.href);
  if (file && !isOpaque && file.origin === globalThis.location?.origin) {
    return { worker: new WorkerConstructor(file, { type: 'module' }), release: () => {} };
  }
  // Browsers make no worker from another origin, but a module of our own may import one.
  const text = file ? `import ${JSON.stringify(file.href)};` : source;
  if (isOpaque) {
    // Workers from data: URLs have an opaque origin, wherever they are made.
    const url = `data:text/javascript,${encodeURIComponent(text)}`;
    return { worker: new WorkerConstructor(url, { type: 'module' }), release: () => {} };
  }
  const url = URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));
  return { worker: new WorkerConstructor(url, { type: 'module' }), release: () => URL.revokeObjectURL(url) };
}
