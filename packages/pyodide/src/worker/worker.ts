import type { PortableBuffer } from '@loom/engine';
import { expose, transfer } from 'comlink';
import type { ConnectMessage, ReadyMessage, Reply, WirePortable, WorkerCalls, WorkerSignal } from '../link/protocol.js';
import { transferable } from '../link/transferable.js';
import { bootPyodide, type ReportStage } from './boot.js';
import { messageOf, toWireFault, WorkerFault } from './fault.js';
import { InterruptGate } from './interrupt-gate.js';
import { LifeLock } from './life-lock.js';
import { MailSlot } from './mail-slot.js';
import { Packages } from './packages.js';
import { PythonRuntime } from './python-runtime.js';
import { pictureOfPython } from './snapshot.js';

/** The channel to whoever made the worker. In Node it is not global; the prelude of `node-worker.ts` puts it there. */
interface OwnChannel {
  postMessage(message: unknown): void;
  addEventListener(type: 'message', listener: (event: MessageEvent) => void): void;
}

const channel = ((globalThis as { loomWorkerChannel?: OwnChannel }).loomWorkerChannel ?? globalThis) as OwnChannel;

channel.addEventListener('message', ({ data }) => {
  if ((data as ConnectMessage).kind === 'connect') serve(data as ConnectMessage);
});
channel.postMessage({ kind: 'ready' } satisfies ReadyMessage);

function serve({ calls, signals, life: lockName }: ConnectMessage): void {
  const signal = (message: WorkerSignal, handOver: Transferable[] = []) => signals.postMessage(message, handOver);
  const life = lockName === undefined ? undefined : new LifeLock(lockName);
  void life?.works().then((works) => works && signal({ kind: 'holds-life' }));
  let runtime: PythonRuntime | undefined;
  let packages: Packages | undefined;
  const booted = (): PythonRuntime => {
    if (!runtime) throw new WorkerFault('executor/internal', 'Python has not been started in this worker.');
    return runtime;
  };

  const installer = (): Packages => {
    booted();
    return packages as Packages; // it is made together with the runtime
  };

  const report: ReportStage = (stage, loaded, total) =>
    signal(
      loaded === undefined || total === undefined
        ? { kind: 'progress', stage }
        : { kind: 'progress', stage, loaded, total },
    );

  const onCompiled = (code: WebAssembly.Module) => {
    try {
      signal({ kind: 'compiled', code });
    } catch {
      // Code cannot go from one origin to another: each worker of this kind compiles for itself.
    }
  };

  let bringSnapshot: (stored: Blob | undefined) => void = () => {};
  const snapshot = new Promise<Blob | undefined>((resolve) => {
    bringSnapshot = resolve;
  }).then((stored) => stored?.arrayBuffer());
  // One that cannot be read makes the start fail that waits for it.
  snapshot.catch(() => {});

  const api: WorkerCalls = {
    boot: (request) =>
      reply(async () => {
        const pyodide = await bootPyodide(request, report, {
          onCompiled,
          ...(request.awaitsSnapshot ? { snapshot } : {}),
        });
        signal({ kind: 'progress', stage: 'harness' });
        watchForFatal(pyodide, () => runtime?.task, signal);
        const mail = request.mail && new MailSlot(request.mail);
        const gate = new InterruptGate(request.interrupt, mail);
        packages = new Packages(pyodide, gate, request);
        runtime = new PythonRuntime(pyodide, gate, mail, {
          onMailTaken: () => signal({ kind: 'mail-taken' }),
          onMailReplied: (reply) => signal({ kind: 'mail-replied', reply }),
          onEvents: (sequence, events) => signal({ kind: 'events', sequence, events }),
          onSaved: (sequence, handles, packed) =>
            signal({ kind: 'saved', sequence, handles, packed }, [packed.data, ...transferable(packed.buffers)]),
          onFinished: (sequence, end) => {
            life?.end(sequence);
            signal({ kind: 'finished', sequence, ...end });
          },
        });
        if (!request.jsAccess) runtime.hidePage();
      }),
    snapshot: (stored) => reply(() => bringSnapshot(stored)),
    makeSnapshot: (request) =>
      reply(
        () => pictureOfPython(request, report),
        (snapshot) => [snapshot],
      ),
    define: (definitions) => reply(() => booted().define(definitions)),
    execute: (sequence, batch, buffers) =>
      reply(() => {
        life?.begin(sequence);
        booted().execute(sequence, batch, buffers);
      }),
    cancel: (sequence) =>
      reply(() => {
        signal({ kind: 'cancelling', sequence });
        booted().cancel(sequence);
      }),
    take: (sequence, handle, request) =>
      reply(() => {
        life?.begin(sequence);
        booted().take(sequence, handle, request);
      }),
    gather: (source, buffers) => reply(() => booted().gather(source, buffers)),
    setParameter: (task, name, value, expires, mail) =>
      reply(() => {
        if (Date.now() > expires && !booted().hasMailed(mail))
          throw new WorkerFault('executor/busy', 'The worker was busy for too long.');
        return booted().setParameter(task, name, value, mail);
      }),
    answer: (task, question, text) => reply(() => booted().answer(task, question, text)),
    read: (handle) =>
      reply(
        () => booted().read(handle),
        (value: WirePortable) => value.buffers,
      ),
    write: (value) => reply(() => booted().write(value)),
    pack: (handles) =>
      reply(
        () => booted().pack(handles),
        (values) => values.flatMap((value) => ('fault' in value ? [] : [value.data, ...value.buffers])),
      ),
    unpack: (values) => reply(() => booted().unpack(values)),
    restore: (packed) => reply(() => booted().restore(packed)),
    preview: (handle, request) => reply(() => booted().preview(handle, request)),
    release: (handles) => reply(() => booted().release(handles)),
    resolvePackages: (request) => reply(() => installer().resolve(request)),
    wheelMetadata: (file, data) => reply(() => installer().metadata(file, data)),
    digest: (file, expected, data) => reply(() => installer().digest(file, expected, data)),
    checkPlan: (plan) => reply(() => installer().check(plan)),
    addWheel: (file, expected, data) => reply(() => installer().add(file, expected, data)),
    loadPackages: (keys) => reply(() => installer().load(keys)),
  };
  expose(api, calls);
  signals.start?.();
}

/** Runs a call and sends what it threw as data; Comlink itself would lose the code of an error. */
async function reply<T>(
  work: () => T | Promise<T>,
  buffersOf?: (value: T) => readonly PortableBuffer[],
): Promise<Reply<T>> {
  try {
    const value = await work();
    const answer: Reply<T> = { ok: true, value };
    return buffersOf ? transfer(answer, transferable(buffersOf(value))) : answer;
  } catch (thrown) {
    return { ok: false, fault: toWireFault(thrown) };
  }
}

/** Tells of the interpreter's death, which often leaves no rejected promise behind. */
function watchForFatal(
  pyodide: object,
  running: () => string | undefined,
  signal: (message: WorkerSignal) => void,
): void {
  const internals = (pyodide as { _api?: { on_fatal?: (error: unknown) => void } })._api;
  if (!internals) return;
  internals.on_fatal = (error) => {
    const message = messageOf(error);
    const exit = (error as { name?: string }).name === 'Exit' || /^Program terminated with exit/i.test(message);
    const reason = error instanceof RangeError ? 'stack-overflow' : exit ? 'exit' : 'crash';
    const task = running();
    signal({ kind: 'fatal', reason, message, ...(task === undefined ? {} : { task }) });
  };
}
