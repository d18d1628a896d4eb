import type { PortId } from '@loom/graph';
import { zoneResults } from '@loom/graph';
import { faultFrom } from '../../fault.js';
import { EdgeMode, type RepeatingZone } from '../../flow/compiled-flow.js';
import { ELSEWHERE } from '../../plan/run-record.js';
import type { Frame } from '../frame.js';
import type { Passed } from '../passed.js';
import type { ChannelReader } from '../stream/channel.js';
import { Token } from '../tokens.js';
import { BodyRun, type BodyRunOptions, type FrameError } from './body-run.js';
import { type Entering, literal } from './container-inputs.js';
import { frameFailed } from './frame-failed.js';
import { type ItemSource, itemSource, StreamItems } from './item-source.js';

/** Iterations at once, when nothing else is asked for. */
const CONCURRENCY = 16;

/** What one result of a for-each gathers, by the index of the item. Holes are items that gave nothing. */
interface Gathered {
  readonly port: PortId;
  readonly items: (Passed | undefined)[];
}

/** Runs the body once for each item, several at once; results are in the order of the items. */
export class ForEachRun extends BodyRun {
  readonly #zone: Extract<RepeatingZone, { kind: 'for-each' }>;
  readonly #results: readonly Gathered[];
  readonly #errors = new Map<number, FrameError>();
  readonly #concurrency: number;
  #source: ItemSource | undefined;
  #next = 0;
  #isDone = false;
  #isFilling = false;

  constructor(options: BodyRunOptions, zone: Extract<RepeatingZone, { kind: 'for-each' }>) {
    super(options);
    this.#zone = zone;
    this.#results = Object.keys(zoneResults(zone)).map((port) => ({ port, items: [] }));
    const { concurrency = CONCURRENCY } = zone;
    this.#concurrency = concurrency < 1 ? Number.POSITIVE_INFINITY : concurrency;
  }

  protected begin(): void {
    const onReady = (): void => {
      this.attempt(() => this.#fill());
      this.host.turn();
    };
    const onFault = (thrown: unknown): void => {
      const fault = faultFrom(thrown, 'engine/fault');
      const isNoList = fault.code === 'value/not-iterable';
      this.fail(
        isNoList ? { ...fault, code: 'zone/not-a-list', message: `"Items" needs a list. ${fault.message}` } : fault,
      );
      this.host.turn();
    };
    const reader = this.#reader();
    this.#source = reader
      ? new StreamItems(
          reader,
          () => this.attempt(() => this.#fill()),
          (blame) => this.skip(blame),
          () => this.endCancelled(),
        )
      : itemSource(this.input('items') ?? literal(null), this.host.values, onReady, onFault);
    this.#fill();
  }

  protected ended(frame: Frame, error: FrameError | undefined): void {
    const { index } = frame;
    if (error) {
      if (this.#zone.onError !== 'collect') {
        this.fail(frameFailed(index, error));
        return;
      }
      this.#errors.set(index, error);
    } else {
      for (const { port, items } of this.#results) {
        const given = this.given(frame, port);
        if (given?.summary) this.host.values.retain([given.summary.ref]);
        items[index] = given;
      }
    }
    this.#fill();
  }

  protected override close(): void {
    this.#source?.close();
    for (const { items } of this.#results) {
      for (const item of items) if (item?.summary) this.host.values.release([item.summary.ref]);
      items.length = 0;
    }
    super.close();
  }

  /** Begins as many frames as there is room for. */
  #fill(): void {
    // A frame may end while others are being begun.
    if (this.#isFilling || this.isOver) return;
    this.#isFilling = true;
    while (!this.#isDone && !this.isStopped && this.active.size < this.#concurrency) {
      const item = this.#source?.next() ?? 'done';
      if (item === 'wait') break;
      if (item === 'done') this.#isDone = true;
      else this.#open(this.#next++, item);
    }
    this.#isFilling = false;
    if (this.#isDone && this.active.size === 0 && !this.isStopped) this.#finish();
  }

  /** The stream that is taken item by item, if it is one. */
  #reader(): ChannelReader | undefined {
    const { flow, readers } = this.frame;
    const end = flow.inStart[this.node + 1] as number; // typed arrays of fixed length
    for (let k = flow.inStart[this.node] as number; k < end; k++) {
      const edge = flow.inEdges[k] as number;
      if (flow.edgeModes?.[edge] === EdgeMode.lazy) return readers.get(edge);
    }
    return undefined;
  }

  #open(index: number, item: Passed): void {
    this.open(index, (port): Entering => {
      if (port === 'item') return item;
      return port === 'index' ? literal(index) : { token: Token.skipped };
    });
    // The frame holds it now.
    if (item.summary) this.host.values.release([item.summary.ref]);
  }

  #finish(): void {
    const lists = this.#results.map(({ port, items }) => ({ port, items: items.filter((item) => item !== undefined) }));
    const outputs = new Map<PortId, Passed>();
    if (this.#zone.onError === 'collect') outputs.set('errors', literal(this.#errorList()));
    const elsewhere = lists.filter(({ items }) => items.some(({ summary }) => summary));
    for (const { port, items } of lists) outputs.set(port, literal(items.map(({ value }) => value)));
    if (elsewhere.length === 0) {
      this.succeed(outputs);
      return;
    }
    const gathering = Promise.all(elsewhere.map(({ items }) => this.host.values.gather(items)));
    this.after(gathering, (summaries) => {
      elsewhere.forEach(({ port }, i) => {
        outputs.set(port, { value: ELSEWHERE, summary: summaries[i] });
      });
      this.succeed(outputs);
    });
  }

  #errorList(): unknown[] {
    const entries = [...this.#errors].sort(([a], [b]) => a - b);
    return entries.map(([index, { node, error }]) => ({ index, node, code: error.code, message: error.message }));
  }
}
