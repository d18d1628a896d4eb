import { LoomError } from '@loom/graph';
import type { AskElk } from './place-with-elk.js';

/** Where ELK computes. */
export interface ElkWorker {
  readonly ask: AskElk;
  /** Ends it, and refuses what was asked and not answered. Twice is fine. */
  close(reason?: unknown): void;
}

/** What ELK answers. */
interface ElkAnswer {
  readonly id: number;
  readonly data?: unknown;
  readonly error?: { readonly message?: string } | string;
}

const HINT =
  "Most often the page's Content-Security-Policy forbids it: allow blob: in worker-src, or serve elkjs/lib/elk-worker.min.js " +
  'as a file and name it in layoutWorkerUrl.';

/**
 * Starts ELK in a worker: from its source as a Blob, which needs nothing from the app's bundler, or from a file of the app.
 *
 * @throws LoomError `editor/no-layout-worker` when the page lets no worker be made.
 */
export function startElk(source: string, workerUrl?: string): ElkWorker {
  const { worker, release } = construct(source, workerUrl);
  const waiting = new Map<number, { resolve(answer: unknown): void; reject(reason: unknown): void }>();
  let last = 0;
  let isHeard = false;

  function close(reason: unknown = new LoomError('editor/layout-stopped', 'Laying out was stopped.')): void {
    release();
    worker.terminate();
    for (const { reject } of waiting.values()) reject(reason);
    waiting.clear();
  }

  worker.addEventListener('message', ({ data }: MessageEvent<ElkAnswer>) => {
    if (!isHeard) release();
    isHeard = true;
    const asked = waiting.get(data.id);
    waiting.delete(data.id);
    if (data.error === undefined) asked?.resolve(data.data);
    else asked?.reject(failure(data.error));
  });
  worker.addEventListener('error', (event) => {
    event.preventDefault();
    close(isHeard ? failure(event.message) : refusal(event.message));
  });
  const ask: AskElk = (message) =>
    new Promise((resolve, reject) => {
      last += 1;
      waiting.set(last, { resolve, reject });
      worker.postMessage({ id: last, ...message });
    });
  // Whoever asks for a layout afterwards is told of the fault.
  ask({ cmd: 'register', algorithms: ['layered'] }).catch(() => undefined);
  return { ask, close };
}

function construct(source: string, workerUrl: string | undefined): { worker: Worker; release: () => void } {
  // Bundlers rewrite `new Worker(...)`: hence the alias.
  const WorkerConstructor = globalThis.Worker;
  if (WorkerConstructor === undefined) throw refusal('There is no Worker here.');
  const url = workerUrl ?? URL.createObjectURL(new Blob([source], { type: 'text/javascript' }));
  const release = () => {
    if (workerUrl === undefined) URL.revokeObjectURL(url);
  };
  try {
    return { worker: new WorkerConstructor(url), release };
  } catch (cause) {
    release();
    throw refusal(cause instanceof Error ? cause.message : String(cause));
  }
}

function refusal(reason: string): LoomError {
  return new LoomError('editor/no-layout-worker', `The worker that lays out could not be started. ${reason || HINT}`);
}

function failure(error: NonNullable<ElkAnswer['error']>): LoomError {
  const reason = typeof error === 'string' ? error : (error.message ?? 'It gives no reason.');
  return new LoomError('editor/layout-failed', `The flow could not be laid out: ${reason}`);
}
