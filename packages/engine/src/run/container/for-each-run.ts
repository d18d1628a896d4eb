import type { PortId } from '@loom/graph';
import { zoneResults } from '@loom/graph';
import { faultFrom } from '../../fault.js';
import { EdgeMode, type RepeatingZone } from '../../flow/compiled-flow.js';
import { ELSEWHERE } from '../../plan/place-marks.js';
import type { Frame } from '../frame.js';
import type { Passed } from '../passed.js';
import type { ChannelReader } from '../stream/channel.js';
import { Token } from '../tokens.js';
import { BodyRun, type BodyRunOptions } from './body-run.js';
import { literal } from './container-inputs.js';
import type { Entering } from './entering.js';
import { type FrameError, frameFailed } from './frame-error.js';
import { Gathered } from './gathered.js';
import { type ItemSource, itemSource, StreamItems } from './item-source.js';

/** Iterations at once, when nothing else is asked for. */
const CONCURRENCY = 16;

/** Runs the body once for each item, several at once; results are in the order of the items. */
export class ForEachRun extends BodyRun {
  readonly #zone: Extract<RepeatingZone, { kind: 'for-each' }>;
  readonly #results: readonly Gathered[];
  readonly #errors = new Map<number, FrameError>();
  readonly #concurrency: number;
  #source: ItemSource | undefined;
  /** Where results are in what an iteration gives; -1 for those without a wire. */
  #places: readonly number[] = [];
  /** An item that was taken while it was the page's turn. */
  #waiting: Passed | undefined;
  #next = 0;
  #isDone = false;
  #isFilling = false;

  constructor(options: BodyRunOptions, zone: Extract<RepeatingZone, { kind: 'for-each' }>) {
    super(options);
    this.#zone = zone;
    this.#results = Object.keys(zoneResults(zone)).map((port) => new Gathered(port));
    const { concurrency = CONCURRENCY } = zone;
    this.#concurrency = concurrency < 1 ? Number.POSITIVE_INFINITY : concurrency;
  }

  protected begin(): void {
    this.#places = this.#results.map(({ port }) => this.walks.placeOf(port));
    const onReady = (): void => this.host.turn(() => this.attempt(() => this.#fill()));
    const onFault = (thrown: unknown): void => {
      const fault = faultFrom(thrown, 'engine/fault');
      const isNoList = fault.code === 'value/not-iterable';
      const message = `"Items" needs a list. ${fault.message}`;
      this.host.turn(() => this.fail(isNoList ? { ...fault, code: 'zone/not-a-list', message } : fault));
    };
    const reader = this.#reader();
    this.#source = reader
      ? new StreamItems(
          reader,
          () => this.attempt(() => this.#fill()),
          (blame) => this.skip(blame),
          () => this.stop(),
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
      for (const result of this.#results) {
        const given = this.given(frame, result.port);
        if (given?.summary) this.host.values.retain([given.summary.ref]);
        result.take(index, given);
      }
    }
    this.#fill();
  }

  protected override close(): void {
    this.#source?.close();
    for (const result of this.#results) for (const { ref } of result.clear()) this.host.values.release([ref]);
    super.close();
  }

  /** Begins as many iterations as there is room for. */
  #fill(): void {
    // One may end while others are being begun.
    if (this.#isFilling || this.isOver) return;
    this.#isFilling = true;
    while (!this.#isDone && !this.isStopped && this.active.size < this.#concurrency) {
      const item = this.#waiting ?? this.#source?.next() ?? 'done';
      this.#waiting = undefined;
      if (item === 'wait') break;
      if (item === 'done') this.#isDone = true;
      else if (!this.#pass(this.#next, item)) break;
      else this.#next++;
    }
    this.#isFilling = false;
    if (this.#isDone && this.active.size === 0 && !this.isStopped) this.#finish();
  }

  /** Goes through an iteration, or begins it; false when nothing more may begin for now. */
  #pass(index: number, item: Passed): boolean {
    const how = this.walk(index, (port) => enteringAt(port, index, item));
    switch (how) {
      case 'ended':
        for (let i = 0; i < this.#results.length; i++) {
          const place = this.#places[i] as number; // there is one for each result
          if (place < 0) this.#results[i]?.take(index, undefined);
          else this.#results[i]?.takeValue(index, this.walks.valueAt(place));
        }
        return true;
      case 'turn':
        this.#waiting = item;
        this.afterTurn(() => this.#fill());
        return false;
      case 'none':
        this.open(index, (port) => enteringAt(port, index, item));
        // The frame holds it now.
        if (item.summary) this.host.values.release([item.summary.ref]);
        return true;
      case 'later':
        return true;
      case 'begun':
        // It may be that it has failed, and then it is the last.
        this.#next++;
        return false;
    }
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

  #finish(): void {
    const outputs = new Map<PortId, Passed>();
    if (this.#zone.onError === 'collect') outputs.set('errors', literal(this.#errorList()));
    const elsewhere = this.#results.filter(({ isElsewhere }) => isElsewhere);
    for (const result of this.#results) outputs.set(result.port, literal(result.list()));
    if (elsewhere.length === 0) {
      this.succeed(outputs);
      return;
    }
    const { values } = this.host;
    this.after(
      values.gatherAll(elsewhere.map((result) => result.passed())),
      (summaries) => {
        elsewhere.forEach(({ port }, i) => {
          outputs.set(port, { value: ELSEWHERE, summary: summaries[i] });
        });
        this.succeed(outputs);
      },
      (summaries) => values.release(summaries.map(({ ref }) => ref)),
    );
  }

  #errorList(): unknown[] {
    const entries = [...this.#errors].sort(([a], [b]) => a - b);
    return entries.map(([index, { node, error }]) => ({ index, node, code: error.code, message: error.message }));
  }
}

function enteringAt(port: PortId, index: number, item: Passed): Entering {
  if (port === 'item') return item;
  return port === 'index' ? literal(index) : { token: Token.skipped };
}
