import { LoomError } from '@loom/graph';
import { Connection } from '../link/connection.js';
import type { BootRequest, BootStage, WorkerSignal } from '../link/protocol.js';
import type { OpenWorker } from '../link/worker-link.js';
import { Session } from '../pool/session.js';
import { InterruptRequest } from '../worker/interrupt-gate.js';
import type { Snapshots } from './snapshots.js';

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
  /** Bytes beyond which Python gets no more memory. */
  readonly memoryLimit: number;
  /** What the first worker has compiled; those that start later need not. */
  readonly compiled: CompiledCode;
  /** Absent where each start is a cold one. */
  readonly snapshots?: Snapshots;
}

/** Pyodide's WebAssembly, as soon as a worker has compiled it and could send it. */
export class CompiledCode {
  module: WebAssembly.Module | undefined;
}

export interface StartOptions {
  readonly generation: number;
  readonly stallMs: number;
  /** Aborting ends the worker; the start rejects with the signal's reason, which is a `LoomError`. */
  readonly signal: AbortSignal;
  readonly onStage?: (stage: BootStage, loaded?: number, total?: number) => void;
}

const STAGES: readonly BootStage[] = ['worker', 'download', 'compile', 'python', 'harness'];

/**
 * Makes a worker and starts Python in it, from a snapshot if there is one. Rejects with what went wrong, and then leaves
 * no worker behind.
 */
export async function startWorker(source: WorkerSource, options: StartOptions): Promise<Session> {
  const { signal, onStage } = options;
  const report = forwards(onStage);
  report('worker');
  signal.throwIfAborted();
  const snapshot = source.snapshots?.load();
  if (!snapshot) return boot(source, options, report);
  try {
    return await boot(source, options, report, snapshot);
  } catch (fault) {
    if (signal.aborted || !(await snapshot)) throw fault;
    // Whatever it was, it may have been the snapshot.
    await source.snapshots?.giveUp();
    return boot(source, options, report);
  }
}

async function boot(
  source: WorkerSource,
  { generation, stallMs, signal }: StartOptions,
  report: NonNullable<StartOptions['onStage']>,
  snapshot?: Promise<Blob | undefined>,
): Promise<Session> {
  const connection = new Connection(await source.open());
  const stop = () => connection.close(signal.reason);
  if (signal.aborted) stop();
  signal.addEventListener('abort', stop, { once: true });
  try {
    const interrupt = source.shared ? new InterruptRequest() : undefined;
    const request: BootRequest = {
      ...requestOf(source),
      ...(interrupt ? { interrupt: interrupt.buffer } : {}),
    };
    const onSaid = (said: WorkerSignal) => {
      if (said.kind === 'progress') report(said.stage, said.loaded, said.total);
      else if (said.kind === 'compiled') source.compiled.module = said.code;
    };
    await connection.boot(request, stallMs, onSaid, snapshot);
    return new Session(connection, generation, interrupt);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

/** Makes the snapshot that is absent, in a worker that is good for nothing else. Never rejects. */
export async function makeSnapshot(source: WorkerSource, stallMs: number, signal: AbortSignal): Promise<void> {
  const { snapshots } = source;
  if (!snapshots?.isAbsent || signal.aborted) return;
  let connection: Connection | undefined;
  const stop = () => connection?.close(signal.reason);
  signal.addEventListener('abort', stop, { once: true });
  try {
    connection = new Connection(await source.open());
    await snapshots.save(new Blob([await connection.makeSnapshot(requestOf(source), stallMs)]));
  } catch {
    if (!signal.aborted) await snapshots.giveUp();
  } finally {
    signal.removeEventListener('abort', stop);
    connection?.close(new LoomError('executor/recycled', 'The snapshot has been made.'));
  }
}

function requestOf({ indexUrl, indexPath, runtime, jsAccess, memoryLimit, compiled }: WorkerSource): BootRequest {
  const { module } = compiled;
  return {
    indexUrl,
    runtime,
    jsAccess,
    memoryLimit,
    ...(indexPath ? { indexPath } : {}),
    ...(module ? { code: module } : {}),
  };
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
