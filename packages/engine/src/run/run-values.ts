import { LoomError } from '@loom/graph';
import type { ExecutorSlot } from '../engine/executor-slot.js';
import type { DirectExecution, DirectItems, InputSource, TakenItems, TakeOptions } from '../executor.js';
import { ELSEWHERE } from '../plan/place-marks.js';
import { decodePortable } from '../portable/decode.js';
import { encodePortable } from '../portable/encode.js';
import { skip } from '../skip.js';
import type { OutputSummary, ValueRef } from '../value.js';
import type { Transfers } from './dispatch/transfers.js';
import type { Frame } from './frame.js';
import type { Holder, Passed } from './passed.js';
import type { RunHost } from './run-host.js';

/** The value at an output of a node that has given some; undefined where it skipped. */
export function placedAt({ flow, book }: Frame, node: number, place: number): Passed | undefined {
  const value = book.record.valueAt(node, place);
  if (value === skip) return undefined;
  if (value !== ELSEWHERE) return { value, summary: undefined };
  const port = flow.types[node]?.outputs[place]?.id;
  const summary = port === undefined ? undefined : book.outputsOf(node)?.[port];
  return summary && { value, summary };
}

/** The value that an edge brings; it must bring one. */
export function passedAlong(frame: Frame, edge: number): Passed {
  const { flow, book } = frame;
  const own = flow.edgeModes === undefined ? undefined : frame.edgeValues.get(edge);
  if (own) return own;
  const source = flow.edgeSource[edge] as number; // an edge of the flow, here and below
  const value = book.record.valueAt(source, flow.edgeOutput[edge] as number);
  if (value !== ELSEWHERE) return { value, summary: undefined };
  const summary = book.outputsOf(source)?.[flow.edgeSourcePort[edge] as string];
  if (!summary) throw new LoomError('value/lost', 'The value of an input is gone.');
  return { value, summary };
}

/** Writes down what a node gives, by place; where there is nothing it skipped. */
export function writeGiven(
  { book }: Frame,
  node: number,
  direct: DirectExecution | undefined,
  given: readonly (Passed | undefined)[],
): void {
  const summaries = given.map((output) => output?.summary);
  const values = given.map((output) => (output ? output.value : skip));
  book.handedOn(node, direct, values, summaries.some(Boolean) ? summaries : undefined);
}

/** Values of a run, wherever they are: for what the engine itself has to know of them, and to put them together. */
export class RunValues implements Holder {
  /** Who takes values of this realm in. */
  readonly direct: DirectExecution | undefined;
  readonly #host: Pick<RunHost, 'slots' | 'retain' | 'release'>;
  readonly #transfers: Transfers;
  readonly #directId: string | undefined;

  constructor(host: Pick<RunHost, 'slots' | 'retain' | 'release'>, transfers: Transfers) {
    this.#host = host;
    this.#transfers = transfers;
    for (const { executor } of host.slots.values()) {
      if (!executor.direct) continue;
      this.direct = executor.direct;
      this.#directId = executor.id;
      break;
    }
  }

  /** The value itself, as plain JavaScript. */
  read({ value, summary }: Passed): unknown {
    if (!summary) return value;
    const { executor } = this.#slotOf(summary.ref);
    return executor.read(summary.ref).then(decodePortable);
  }

  take(ref: ValueRef, options: TakeOptions): Promise<TakenItems> {
    return this.#slotOf(ref).executor.take(ref, options);
  }

  /** Opens a value of this realm that has items. */
  itemsOf(value: unknown): DirectItems {
    if (this.direct) return this.direct.itemsOf(value);
    throw new LoomError('node/no-executor', 'No executor of this realm is there to read a stream.');
  }

  /** Puts values together as one list, where the first of them is that is held by an executor. */
  async gather(items: readonly Passed[]): Promise<OutputSummary> {
    const ref = items.find(({ summary }) => summary)?.summary?.ref;
    const { executor } = ref ? this.#slotOf(ref) : this.#anySlot();
    const { direct } = this;
    if (direct && executor.id === this.#directId) {
      return direct.describe(await Promise.all(items.map((item) => this.#here(item, direct, executor.id))));
    }
    const sources = await Promise.all(items.map((item) => this.#bring(item, executor.id)));
    return executor.gather({ kind: 'list', items: sources });
  }

  /** Keeps handles although one who gave them lets them go. */
  retain(refs: readonly ValueRef[]): void {
    this.#host.retain(refs);
  }

  release(refs: readonly ValueRef[]): void {
    this.#host.release(refs);
  }

  /** The same for several lists. When one cannot be put together, the others are let go. */
  async gatherAll(lists: readonly (readonly Passed[])[]): Promise<OutputSummary[]> {
    const settled = await Promise.allSettled(lists.map((items) => this.gather(items)));
    const summaries = settled.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
    const failed = settled.find((each) => each.status === 'rejected');
    if (!failed) return summaries;
    this.release(summaries.map(({ ref }) => ref));
    throw failed.reason;
  }

  async #here({ value, summary }: Passed, direct: DirectExecution, id: string): Promise<unknown> {
    return summary ? direct.valueOf(await this.#moved(summary.ref, id)) : value;
  }

  async #bring({ value, summary }: Passed, id: string): Promise<InputSource> {
    if (summary) return { kind: 'ref', ref: await this.#moved(summary.ref, id) };
    return { kind: 'literal', value: encodePortable(value) };
  }

  async #moved(ref: ValueRef, id: string): Promise<ValueRef> {
    return ref.executor === id ? ref : this.#transfers.move(ref, id);
  }

  #anySlot(): ExecutorSlot {
    for (const slot of this.#host.slots.values()) if (slot.executor.status.state === 'ready') return slot;
    throw new LoomError('node/no-executor', 'No executor is there to hold the value.');
  }

  #slotOf(ref: ValueRef): ExecutorSlot {
    const slot = this.#host.slots.get(ref.executor);
    if (slot) return slot;
    throw new LoomError('value/lost', `No executor "${ref.executor}" of this engine holds this value.`);
  }
}
