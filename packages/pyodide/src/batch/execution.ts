import { type Batch, type ExecuteOptions, faultFrom, type Task, type ValueRef } from '@loom/engine';
import { LoomError } from '@loom/graph';
import type { CancelLadder } from '../cancel/cancel-ladder.js';
import { stopCode } from '../cancel/stop-code.js';
import { wireError } from '../link/wire-error.js';
import type { Turn } from '../pool/lane.js';
import type { SequenceSignal, Session } from '../pool/session.js';
import { needsReading, readBlobs } from '../values/read-blobs.js';
import type { ValueTable } from '../values/value-table.js';
import { batchMessage } from './batch-message.js';
import { BatchRun, type Ending, placesOf } from './batch-run.js';
import type { Definitions } from './definitions.js';
import type { Durations } from './durations.js';
import type { TaskScope } from './task-scope.js';

/** What a batch needs of its executor. */
export interface ExecutionContext {
  readonly values: ValueTable;
  readonly definitions: Definitions;
  readonly durations: Durations;
  readonly scope: TaskScope;
  /** How long code may take to stop before its worker is ended. */
  readonly graceMs: number;
  readonly isDisposed: () => boolean;
}

/** One batch in a worker, from its message to its end. */
export class Execution {
  readonly session: Session;
  readonly run: BatchRun;
  readonly #batch: Batch;
  readonly #signal: AbortSignal;
  readonly #context: ExecutionContext;
  #ladder: CancelLadder | undefined;
  /** The tasks that the worker has, by place. */
  #sent: readonly Task[] = [];
  #sequence = 0;
  #resolve: () => void = () => {};
  #ended = false;

  constructor(batch: Batch, { session, soon }: Turn, { signal, onEvents }: ExecuteOptions, context: ExecutionContext) {
    this.#batch = batch;
    this.session = session;
    this.#signal = signal;
    this.#context = context;
    const { values, durations } = context;
    this.run = new BatchRun(
      batch,
      (events) => {
        durations.note((task) => this.run.typeOf(task), events);
        if (this.run.isDone) soon();
        onEvents(events);
      },
      {
        keep: (handle, bytes) => values.add(session, handle, bytes),
        summary: (output) => values.summary(session, output),
      },
    );
  }

  /** Whether a task is in this batch. */
  has(task: string): boolean {
    return this.run.places.has(task);
  }

  /** Resolves when every task has its last event, whatever happened to the worker. */
  async perform(): Promise<void> {
    const { session } = this;
    const { connection } = session;
    const { values, definitions, scope } = this.#context;
    const batch = this.#open();
    const { tasks } = batch;
    this.#sent = tasks;
    const names = { handle: (ref: ValueRef) => values.inner(ref, session), task: scope.inner };
    const message = batchMessage(batch, names, batch === this.#batch ? this.run.places : placesOf(tasks));
    const { text } = message;
    const buffers = needsReading(message.buffers) ? await readBlobs(message.buffers) : message.buffers;
    const news = session.news(definitions.neededBy(batch));
    session.tasks += tasks.length;
    const letGo = connection.hold();
    const cancel = () => {
      // A run that has ended lets go of its last batch, of which only the end is still to be told.
      if (this.run.isDone) return;
      this.#ladder = stopCode(session, this.#sequence, this.#context.graceMs);
    };
    try {
      await new Promise<void>((resolve) => {
        this.#resolve = resolve;
        this.#sequence = session.follow({
          onSignal: (signal) => this.#onSignal(signal),
          onLost: (reason) => this.#onLost(reason),
        });
        this.#signal.addEventListener('abort', cancel, { once: true });
        // The worker takes calls in order, so nobody waits for the first of them.
        const calls: Promise<unknown>[] = [];
        if (news.length > 0) calls.push(connection.call('define', JSON.stringify(news)));
        calls.push(connection.callWith('execute', buffers, this.#sequence, text, buffers));
        // The worker threw where it never should; its end is told in another way.
        for (const call of calls) call.catch((fault) => connection.isClosed || this.#finish(fault));
        if (this.#signal.aborted) cancel();
      });
    } finally {
      session.unfollow(this.#sequence);
      this.#signal.removeEventListener('abort', cancel);
      letGo();
    }
  }

  /** The batch without what has ended before it was sent. */
  #open(): Batch {
    const tasks = this.#batch.tasks.filter(({ id }) => this.run.isOpen(id));
    return tasks.length === this.#batch.tasks.length ? this.#batch : { ...this.#batch, tasks };
  }

  #onSignal(signal: SequenceSignal): void {
    if (signal.kind === 'events') this.run.take(this.#context.scope.messages(signal.events), this.#sent);
    else if (signal.kind === 'cancelling') this.#ladder?.heard();
    else if (signal.kind === 'saved') {
      this.#context.values.save(this.session, JSON.parse(signal.handles) as string[], signal.packed);
    } else {
      if (signal.heapBytes !== undefined) this.session.heapBytes = signal.heapBytes;
      this.#finish(signal.fault ? wireError(signal.fault) : unsaid());
      // Not the code of a node but what runs it: nobody knows what else is broken there.
      if (signal.fault) this.session.connection.close(brokenError(signal.fault.message));
    }
  }

  #onLost(reason: LoomError): void {
    const { task } = reason.context;
    const own = typeof task === 'string' ? this.#context.scope.outer(task) : undefined;
    if (own !== undefined) this.run.begin(own);
    this.#finish(
      reason,
      new LoomError('executor/lost', `Python ended before this node ran. ${reason.message}`, { cause: reason }),
    );
  }

  /** The faults are for tasks that have no last event yet. */
  #finish(fault: unknown, faultOfWaiting: unknown = fault): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#ladder?.stop();
    const stopped = this.#signal.aborted || this.#context.isDisposed();
    const ending = (thrown: unknown): Ending => (stopped ? 'cancelled' : faultFrom(thrown, 'executor/lost'));
    try {
      this.run.finish(ending(fault), ending(faultOfWaiting));
    } finally {
      this.#resolve();
    }
  }
}

const brokenError = (message: string) =>
  new LoomError('executor/lost', `What runs the nodes failed (${message}). Python was started again.`);

/** A sound runtime never ends a batch with tasks that have no last event. */
const unsaid = () => new LoomError('executor/internal', 'Python did not say how this task ended.');
