import type { PortableBuffer } from '@loom/engine';
import { LoomError } from '@loom/graph';
import type { RuntimeMailReply } from '@loom/python';
import { type Remote, transfer, wrap } from 'comlink';
import { AnswerWatch } from './answer-watch.js';
import { LifeWatch } from './life-watch.js';
import { Mail } from './mail.js';
import type { BootRequest, ConnectMessage, Reply, WorkerCalls, WorkerSignal } from './protocol.js';
import { StallWatch } from './stall-watch.js';
import { transferable } from './transferable.js';
import { wireError } from './wire-error.js';
import type { WorkerLink } from './worker-link.js';

type Call = keyof WorkerCalls;
type Value<Name extends Call> = Awaited<ReturnType<WorkerCalls[Name]>> extends Reply<infer T> ? T : never;

/**
 * One worker, from its handshake to its death. Comlink carries the calls but forgets those whose worker died; here each
 * of them settles: when the connection closes, for whatever reason, it is rejected with that reason.
 */
export class Connection {
  /** Resolves, never rejects, with why the connection ended. */
  readonly closed: Promise<LoomError>;
  readonly #link: WorkerLink;
  readonly #calls: MessagePort;
  readonly #signals: MessagePort;
  readonly #remote: Remote<WorkerCalls>;
  readonly #ready: Promise<void>;
  readonly #pending = new Set<(reason: LoomError) => void>();
  #listener: (signal: WorkerSignal) => void = () => {};
  #mail: Mail | undefined;
  #answers: AnswerWatch | undefined;
  #life: LifeWatch | undefined;
  readonly #lifeName: string | undefined;
  #reason: LoomError | undefined;
  #resolveClosed: (reason: LoomError) => void = () => {};

  constructor(link: WorkerLink) {
    this.#link = link;
    this.closed = new Promise((resolve) => {
      this.#resolveClosed = resolve;
    });
    this.#lifeName = link.locks && `loom worker ${crypto.randomUUID()}`;
    const calls = new MessageChannel();
    const signals = new MessageChannel();
    this.#calls = calls.port1;
    this.#signals = signals.port1;
    // The one proxy of this connection lives as long as it does; Comlink would release it when collected.
    this.#remote = wrap<WorkerCalls>(calls.port1);
    this.#signals.addEventListener('message', (event: MessageEvent<WorkerSignal>) => {
      if (!this.#reason) this.#receive(event.data);
    });
    this.#signals.start();
    // In Node a listening port would keep the process alive; the worker does that, and only while it is needed.
    for (const port of [calls.port1, signals.port1] as { unref?(): void }[]) port.unref?.();

    link.onDeath((reason) => this.close(reason));
    this.#ready = this.#settled<void>((resolve) => {
      link.onMessage((message) => {
        if ((message as { kind?: unknown })?.kind !== 'ready') return;
        const life = this.#lifeName;
        const connect: ConnectMessage = {
          kind: 'connect',
          calls: calls.port2,
          signals: signals.port2,
          ...(life && { life }),
        };
        link.postMessage(connect, [calls.port2, signals.port2]);
        resolve();
      });
    });
    this.#ready.catch(() => {});
  }

  get isClosed(): boolean {
    return this.#reason !== undefined;
  }

  /** Whether a call has not been answered, or somebody holds it. */
  get isAsked(): boolean {
    return this.#pending.size > 0;
  }

  /** Reaches code that computes; absent where memory cannot be shared. */
  get mail(): Mail | undefined {
    return this.#mail;
  }

  /** Receives what the worker says of its own accord, in order, until the connection is closed. */
  onSignal(listener: (signal: WorkerSignal) => void): void {
    this.#listener = listener;
  }

  /**
   * Starts Python. Closes the connection when it fails, and when no sign of life comes for `stallMs`; also later, when
   * the worker has nothing to do and does not answer for so long.
   *
   * @throws LoomError `executor/stalled`, or what the worker found to be wrong.
   */
  async boot(
    request: BootRequest,
    stallMs: number,
    onProgress: (signal: WorkerSignal) => void,
    /** Never rejects. */
    snapshot?: Promise<Blob | undefined>,
  ): Promise<void> {
    const { interrupt } = request;
    this.#mail = interrupt && new Mail(interrupt);
    await this.#watched(request, stallMs, onProgress, async () => {
      const booting = this.call('boot', {
        ...request,
        ...(this.#mail ? { mail: this.#mail.buffer } : {}),
        ...(snapshot ? { awaitsSnapshot: true } : {}),
      });
      // The worker has enough to do until it comes.
      void snapshot?.then((stored) => this.call('snapshot', stored)).catch(() => {});
      await booting;
    });
    this.#answers = new AnswerWatch(stallMs, () => this.close(silentError(stallMs)));
  }

  /**
   * Starts Python in order to take a picture of its memory; the worker is of no use afterwards.
   *
   * @throws LoomError as {@link boot}.
   */
  makeSnapshot(request: BootRequest, stallMs: number): Promise<ArrayBuffer> {
    return this.#watched(
      request,
      stallMs,
      () => {},
      () => this.call('makeSnapshot', request),
    );
  }

  async #watched<T>(
    request: BootRequest,
    stallMs: number,
    onProgress: (signal: WorkerSignal) => void,
    work: () => Promise<T>,
  ): Promise<T> {
    let last = 'the worker to load';
    const watch = new StallWatch(stallMs, () =>
      this.close(
        new LoomError(
          'executor/stalled',
          `Python did not start: nothing happened for ${stallMs / 1000} s while waiting for ${last}.`,
          { context: { indexUrl: request.indexUrl, stallMs } },
        ),
      ),
    );
    this.onSignal((signal) => {
      watch.heard();
      if (signal.kind === 'progress') last = WAITING_FOR[signal.stage];
      onProgress(signal);
    });
    try {
      await this.#ready;
      watch.heard();
      return await work();
    } catch (fault) {
      this.close(fault instanceof LoomError ? fault : new LoomError('executor/lost', String(fault), { cause: fault }));
      throw fault;
    } finally {
      watch.stop();
    }
  }

  /**
   * Calls the worker.
   *
   * @throws LoomError with the worker's code, or with the reason of the connection's end.
   */
  async call<Name extends Call>(name: Name, ...args: Parameters<WorkerCalls[Name]>): Promise<Value<Name>> {
    return this.callWith(name, [], ...args);
  }

  /** The same, handing over buffers inside the last argument that the caller no longer needs. */
  async callWith<Name extends Call>(
    name: Name,
    handOver: readonly PortableBuffer[],
    ...args: Parameters<WorkerCalls[Name]>
  ): Promise<Value<Name>> {
    const begins = name === 'execute' || name === 'take' ? (args[0] as number) : undefined;
    const answer = await this.#settled<Reply<Value<Name>>>((resolve, reject) => {
      const method = this.#remote[name] as unknown as (...args: unknown[]) => Promise<Reply<Value<Name>>>;
      const last: unknown = args.at(-1);
      if (handOver.length > 0 && typeof last === 'object') transfer(last, transferable(handOver));
      this.#answers?.asked(name, begins);
      if (begins !== undefined) this.#life?.sent(begins);
      method(...args)
        .finally(() => this.#onAnswered(name, begins))
        .then(resolve, reject);
    });
    if (answer.ok) return answer.value;
    throw wireError(answer.fault);
  }

  /** Ends the worker and rejects what waits for it. Only the first reason counts. */
  close(reason: LoomError): void {
    if (this.#reason) return;
    this.#reason = reason;
    this.#answers?.stop();
    this.#life?.stop();
    this.#link.terminate();
    this.#calls.close();
    this.#signals.close();
    for (const reject of [...this.#pending]) reject(reason);
    this.#resolveClosed(reason);
  }

  #receive(signal: WorkerSignal): void {
    this.#answers?.heard();
    this.#life?.heard();
    if (signal.kind === 'holds-life') this.#watchLife();
    if (signal.kind === 'finished') {
      this.#answers?.ended(signal.sequence);
      this.#life?.ended(signal.sequence);
    }
    if (signal.kind === 'mail-taken') this.#mail?.taken();
    else if (signal.kind === 'mail-replied') this.#mail?.replied(JSON.parse(signal.reply) as RuntimeMailReply);
    else this.#listener(signal);
  }

  #onAnswered(name: Call, begins: number | undefined): void {
    this.#answers?.answered(name, begins);
    if (begins !== undefined) this.#life?.began(begins);
  }

  #watchLife(): void {
    const { locks } = this.#link;
    if (locks && this.#lifeName) this.#life = new LifeWatch(locks, this.#lifeName, () => this.close(goneError()));
  }

  /** Keeps the process alive until the promise settles; rejects with the reason when the connection ends first. */
  #settled<T>(start: (resolve: (value: T) => void, reject: (reason: unknown) => void) => void): Promise<T> {
    if (this.#reason) return Promise.reject(this.#reason);
    return new Promise<T>((resolve, reject) => {
      const settle =
        <Argument>(use: (argument: Argument) => void) =>
        (argument: Argument) => {
          this.#pending.delete(lose);
          if (this.#pending.size === 0) this.#link.keepAlive?.(false);
          use(argument);
        };
      const lose = settle(reject);
      this.#pending.add(lose);
      this.#link.keepAlive?.(true);
      start(settle(resolve), lose);
    });
  }

  /** Keeps the process alive while the worker does something that is not the answer to a call. */
  hold(): () => void {
    let release: () => void = () => {};
    void this.#settled<void>((resolve) => {
      release = resolve;
    }).catch(() => {});
    return () => release();
  }
}

const goneError = () =>
  new LoomError(
    'executor/lost',
    'The worker is gone in the middle of its work: the browser has ended it, most often for lack of memory, or code has ' +
      'closed it. It is replaced.',
  );

const silentError = (ms: number) =>
  new LoomError(
    'executor/lost',
    `The worker had nothing to do and did not answer for ${ms / 1000} s: it was closed from inside, or showing a value ` +
      'takes without end. It is replaced.',
  );

const WAITING_FOR = {
  worker: 'the worker to load',
  download: 'the download',
  compile: 'the download',
  python: 'Python',
  harness: 'the harness',
} as const;
