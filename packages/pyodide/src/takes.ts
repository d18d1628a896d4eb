import type { TakenItems, TakeOptions } from '@loom/engine';
import type { LoomError } from '@loom/graph';
import type { RuntimeEvent, RuntimeItems, RuntimeItemsRequest } from '@loom/python';
import type { CancelLadder } from './cancel-ladder.js';
import type { WorkerSignal } from './protocol.js';
import { isSaid } from './said.js';
import type { Session } from './session.js';
import { stopCode } from './stop-code.js';
import { wireError } from './wire-error.js';

/** One take that has not ended. */
interface Taking {
  readonly session: Session;
  readonly options: TakeOptions;
  readonly resolve: (items: TakenItems) => void;
  readonly reject: (reason: unknown) => void;
  ladder?: CancelLadder;
}

/** The takes of one executor. They go on beside batches, and each ends: with items, or with a reason. */
export class Takes {
  readonly #graceMs: number;
  readonly #running = new Map<number, Taking>();

  constructor(graceMs: number) {
    this.#graceMs = graceMs;
  }

  async take(session: Session, sequence: number, handle: string, options: TakeOptions): Promise<TakenItems> {
    const { signal, from, max } = options;
    signal.throwIfAborted();
    const letGo = session.connection.hold();
    const stop = () => this.#stop(sequence);
    signal.addEventListener('abort', stop, { once: true });
    try {
      return await new Promise<TakenItems>((resolve, reject) => {
        this.#running.set(sequence, { session, options, resolve, reject });
        const request: RuntimeItemsRequest = { from, max };
        session.connection
          .call('take', sequence, handle, JSON.stringify(request))
          .catch((fault: LoomError) => this.#end(sequence, fault));
      });
    } finally {
      signal.removeEventListener('abort', stop);
      letGo();
    }
  }

  /** Takes what the worker says of a take; false when it is about something else. */
  onSignal(session: Session, signal: WorkerSignal): boolean {
    const taking = 'sequence' in signal ? this.#running.get(signal.sequence) : undefined;
    if (!taking || taking.session !== session || !('sequence' in signal)) return false;
    switch (signal.kind) {
      case 'events':
        tell(taking, signal.events);
        break;
      case 'cancelling':
        taking.ladder?.heard();
        break;
      case 'finished':
        if (signal.fault) this.#end(signal.sequence, wireError(signal.fault));
        else this.#finish(signal.sequence, signal.value ?? '');
    }
    return true;
  }

  /** The worker is gone, and nothing comes any more. */
  onLost(session: Session, reason: LoomError): void {
    for (const [sequence, taking] of [...this.#running]) if (taking.session === session) this.#end(sequence, reason);
  }

  #stop(sequence: number): void {
    const taking = this.#running.get(sequence);
    if (taking) taking.ladder = stopCode(taking.session, sequence, this.#graceMs);
  }

  #finish(sequence: number, value: string): void {
    const taking = this.#forget(sequence);
    if (!taking) return;
    const { items, isDone } = JSON.parse(value) as RuntimeItems;
    taking.resolve({ items: items.map((item) => taking.session.handles.summary(item)), isDone });
  }

  #end(sequence: number, fault: LoomError): void {
    const taking = this.#forget(sequence);
    if (!taking) return;
    const { signal } = taking.options;
    // What stopping did to the code is of no interest to who asked for it.
    taking.reject(signal.aborted ? signal.reason : fault);
  }

  #forget(sequence: number): Taking | undefined {
    const taking = this.#running.get(sequence);
    this.#running.delete(sequence);
    taking?.ladder?.stop();
    return taking;
  }
}

/** All that code behind streams says. */
function tell({ options }: Taking, text: string): void {
  const events = JSON.parse(text) as RuntimeEvent[];
  options.onEvents?.(events.filter(isSaid));
}
