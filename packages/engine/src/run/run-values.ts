import { LoomError } from '@loom/graph';
import type { ExecutorSlot } from '../engine/executor-slot.js';
import type { DirectExecution, DirectItems, InputSource, TakenItems, TakeOptions } from '../executor.js';
import { ELSEWHERE } from '../plan/run-record.js';
import { decodePortable } from '../portable/decode.js';
import { encodePortable } from '../portable/encode.js';
import { skip } from '../skip.js';
import type { OutputSummary, ValueRef } from '../value.js';
import type { Frame } from './frame.js';
import type { Holder, Passed } from './passed.js';
import type { RunHost } from './run-host.js';
import type { Transfers } from './transfers.js';

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

/** Values of a run, wherever they are: for what the engine itself has to know of them, and to put them together. */
export class RunValues implements Holder {
  /** Who takes values of this realm in. */
  readonly direct: DirectExecution | undefined;
  readonly #host: RunHost;
  readonly #transfers: Transfers;
  readonly #directId: string | undefined;

  constructor(host: RunHost, transfers: Transfers) {
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
    const slot = ref ? this.#slotOf(ref) : this.#anySlot();
    const sources = await Promise.all(items.map((item) => this.#bring(item, slot)));
    return this.#gather(slot, { kind: 'list', items: sources });
  }

  /** Gives a value of this realm a handle, wherever one can be had. */
  async describe(value: unknown): Promise<OutputSummary> {
    if (this.direct) return this.direct.describe(value);
    return this.#gather(this.#anySlot(), { kind: 'literal', value: encodePortable(value) });
  }

  /** Keeps handles although one who gave them lets them go. */
  retain(refs: readonly ValueRef[]): void {
    this.#host.retain(refs);
  }

  release(refs: readonly ValueRef[]): void {
    this.#host.release(refs);
  }

  async #bring({ value, summary }: Passed, { executor }: ExecutorSlot): Promise<InputSource> {
    if (summary) {
      const { ref } = summary;
      return { kind: 'ref', ref: ref.executor === executor.id ? ref : await this.#transfers.move(ref, executor.id) };
    }
    if (this.direct && executor.id === this.#directId) return { kind: 'ref', ref: this.direct.describe(value).ref };
    return { kind: 'literal', value: encodePortable(value) };
  }

  #gather({ executor }: ExecutorSlot, source: InputSource): Promise<OutputSummary> {
    return executor.gather(source);
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
