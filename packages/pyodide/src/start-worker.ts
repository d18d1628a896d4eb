import { Connection } from './connection.js';
import type { BootStage } from './protocol.js';
import { Session } from './session.js';
import { InterruptRequest } from './worker/interrupt-gate.js';
import type { OpenWorker } from './worker-link.js';

/** Where workers come from and where they find Pyodide. */
export interface WorkerSource {
  readonly open: OpenWorker;
  /** Absolute, with a slash at the end. */
  readonly indexUrl: string;
  /** The same folder as a path, in Node. */
  readonly indexPath?: string;
  /** Whether memory can be shared with the worker. */
  readonly shared: boolean;
  /** Whether node sources may import what reaches into the page. */
  readonly jsAccess: boolean;
  /** The Python harness: file name to source. */
  readonly runtime: Readonly<Record<string, string>>;
}

export interface StartOptions {
  readonly generation: number;
  readonly stallMs: number;
  /** Aborting ends the worker; the start rejects with the signal's reason, which is a `LoomError`. */
  readonly signal: AbortSignal;
  readonly onStage?: (stage: BootStage, loaded?: number, total?: number) => void;
}

const STAGES: readonly BootStage[] = ['worker', 'download', 'compile', 'python', 'harness'];

/** Makes a worker and starts Python in it. Rejects with what went wrong, and then leaves no worker behind. */
export async function startWorker(source: WorkerSource, options: StartOptions): Promise<Session> {
  const { indexUrl, indexPath, runtime, shared, jsAccess } = source;
  const { generation, stallMs, signal, onStage } = options;
  const report = forwards(onStage);
  report('worker');
  signal.throwIfAborted();
  const connection = new Connection(await source.open());
  const stop = () => connection.close(signal.reason);
  if (signal.aborted) stop();
  signal.addEventListener('abort', stop, { once: true });
  try {
    const interrupt = shared ? new InterruptRequest() : undefined;
    await connection.boot(
      {
        indexUrl,
        runtime,
        jsAccess,
        ...(indexPath ? { indexPath } : {}),
        ...(interrupt ? { interrupt: interrupt.buffer } : {}),
      },
      stallMs,
      (said) => {
        if (said.kind === 'progress') report(said.stage, said.loaded, said.total);
      },
    );
    return new Session(connection, generation, interrupt);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

/** Stages overlap (one file may still come while another is compiled); what is told only moves on. */
function forwards(onStage: StartOptions['onStage']): NonNullable<StartOptions['onStage']> {
  let reached = 0;
  return (stage, loaded, total) => {
    const index = STAGES.indexOf(stage);
    if (index < reached) return;
    reached = index;
    onStage?.(stage, loaded, total);
  };
}
