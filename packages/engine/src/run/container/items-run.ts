import type { PortId } from '@loom/graph';
import type { SkipReason } from '../../event.js';
import { EdgeMode } from '../../flow/compiled-flow.js';
import { itemPort } from '../../flow/streams.js';
import type { NodeError } from '../../node-error.js';
import type { Frame } from '../frame.js';
import type { Passed } from '../passed.js';
import { passedAlong } from '../run-values.js';
import type { ChannelEnd, ChannelReader } from '../stream/channel.js';
import { type StreamHost, StreamOutputs } from '../stream/stream-outputs.js';
import { Token } from '../tokens.js';
import { BodyRun, type BodyRunOptions } from './body-run.js';
import type { Entering } from './entering.js';
import type { FrameError } from './frame-error.js';

/** A wire that brings a stream to the node. */
interface Wire {
  readonly port: PortId;
  readonly reader: ChannelReader;
  readonly isLatest: boolean;
  /** What a wire of the newest item brought last. */
  newest: Passed | undefined;
}

/** Runs its node once for each item of the streams that it takes item by item; what it gives are streams again. */
export class ItemsRun extends BodyRun {
  readonly #outputs: StreamOutputs;
  readonly #wires: Wire[] = [];
  readonly #constants = new Map<PortId, Entering>();
  #index = 0;
  #settle: (() => void) | undefined;
  #isFiring = false;

  constructor(options: BodyRunOptions, host: StreamHost) {
    super(options);
    this.#outputs = new StreamOutputs(options.frame, options.node, host, () => true);
  }

  protected begin(): void {
    const { flow, tokens, readers } = this.frame;
    const start = flow.inStart[this.node] as number; // typed arrays of fixed length
    const end = flow.inStart[this.node + 1] as number;
    for (let k = start; k < end; k++) {
      const edge = flow.inEdges[k] as number;
      const port = itemPort(k - start);
      const mode = flow.edgeModes?.[edge];
      const reader = mode === EdgeMode.each || mode === EdgeMode.latest ? readers.get(edge) : undefined;
      if (reader && tokens.hasValue(edge)) {
        this.#wires.push({ port, reader, isLatest: mode === EdgeMode.latest, newest: undefined });
      } else if (tokens.hasValue(edge)) this.#constants.set(port, passedAlong(this.frame, edge));
      else this.#constants.set(port, { token: tokens.isNone(edge) ? Token.none : Token.skipped });
    }
    this.#outputs.onRoom = () => this.#go();
    this.#outputs.begin(
      () => Token.value,
      () => this.#settle?.(),
    );
    for (const { reader } of this.#wires) reader.attach(() => this.#go());
    this.#go();
  }

  protected ended(frame: Frame, failed: FrameError | undefined): void {
    if (failed) {
      this.fail(failed.error);
      return;
    }
    // Readers that make room are answered when every output has its item.
    this.#isFiring = true;
    this.attempt(() => this.#push(frame));
    this.#isFiring = false;
    this.#go();
  }

  #push(frame: Frame): void {
    (this.frame.flow.types[this.node]?.outputs ?? []).forEach(({ id, inner }, place) => {
      const given = inner ? undefined : this.given(frame, id);
      if (!given) return;
      if (given.summary) this.host.values.retain([given.summary.ref]);
      this.#outputs.push(place, given);
    });
  }

  protected override tellFailed(error: NodeError, durationMs: number): void {
    const { endings, host } = this.frame;
    this.#end({ kind: 'failed', error, blame: this.node }, () => {
      endings.streamFailed(this.node, error, durationMs);
      host.onFailed(this.frame);
    });
  }

  protected override tellSkipped(blame: number, reason: SkipReason): void {
    const error = { code: 'run/upstream-error', message: 'A stream failed.', frames: [] };
    this.#end({ kind: 'failed', error, blame }, () => this.frame.endings.streamSkipped(this.node, reason));
  }

  protected override tellCancelled(): void {
    this.#end({ kind: 'cancelled' }, () => this.frame.endings.streamCancelled(this.node));
  }

  override abandon(): void {
    super.abandon();
    this.#outputs.release();
  }

  protected override close(): void {
    for (const wire of this.#wires) {
      wire.reader.close();
      if (wire.newest?.summary) this.host.values.release([wire.newest.summary.ref]);
      wire.newest = undefined;
    }
    super.close();
  }

  /** Fires when everything for it is there. Called whenever something may have changed. */
  #go(): void {
    if (this.#isFiring || this.isOver || this.isStopped || this.active.size > 0) return;
    this.#isFiring = true;
    this.attempt(() => this.#fire());
    this.#isFiring = false;
  }

  #fire(): void {
    if (this.#outputs.isAbandoned) {
      this.#finish();
      return;
    }
    if (this.#outputs.room <= 0) return;
    // Without a stream it is like any other node, once.
    if (this.#wires.length === 0 && this.#index === 0) {
      this.#open();
      return;
    }
    const each = this.#wires.filter(({ isLatest }) => !isLatest);
    const over = (each.length > 0 ? each : this.#wires)
      .map(({ reader }) => reader.end)
      .filter((end) => end !== undefined);
    const failed = this.#wires.map(({ reader }) => reader.end).find((end) => end?.kind === 'failed');
    if (failed?.kind === 'failed') {
      this.skip(failed.blame);
      return;
    }
    const isDone = each.length > 0 ? over.length > 0 : over.length === this.#wires.length;
    if (isDone) {
      if (over.some(({ kind }) => kind === 'cancelled')) this.endCancelled();
      else this.#finish();
      return;
    }
    if (this.#isReady(each)) this.#open();
  }

  #isReady(each: readonly Wire[]): boolean {
    const latest = this.#wires.filter(({ isLatest }) => isLatest);
    const hasAll = latest.every(({ reader, newest }) => newest !== undefined || reader.waiting > 0 || reader.end);
    if (each.length > 0) return hasAll && each.every(({ reader }) => reader.waiting > 0);
    return hasAll && latest.some(({ reader }) => reader.waiting > 0);
  }

  #open(): void {
    const entering = new Map<PortId, Entering>(this.#constants);
    const used: Passed[] = [];
    for (const wire of this.#wires) {
      const item = wire.reader.next();
      if (item && !wire.isLatest) used.push(item);
      if (wire.isLatest && item) {
        if (wire.newest) used.push(wire.newest);
        wire.newest = item;
      }
      entering.set(wire.port, item ?? wire.newest ?? { token: Token.skipped });
    }
    this.open(this.#index++, (port) => entering.get(port) ?? { token: Token.skipped });
    // The frame holds them now.
    this.host.values.release(used.flatMap(({ summary }) => (summary ? [summary.ref] : [])));
  }

  #finish(): void {
    if (this.isOver) return;
    this.isOver = true;
    this.#end({ kind: 'done' }, () => {
      this.#outputs.keepLast(() => undefined);
      this.frame.endings.streamEnded(this.node, this.duration());
    });
    this.keepLast();
    this.close();
  }

  #end(end: ChannelEnd, settle: () => void): void {
    this.#settle = () => {
      this.#settle = undefined;
      settle();
      if (end.kind !== 'done') this.#outputs.release();
    };
    this.#outputs.endAll(end);
    // Without outputs there is nothing that could end.
    if (this.#outputs.channels.length === 0) this.#settle?.();
  }
}
