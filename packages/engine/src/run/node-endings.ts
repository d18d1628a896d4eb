import type { SkipReason } from '../event.js';
import type { NodeError } from '../node-error.js';
import type { Outputs } from '../plan/record-values.js';
import type { NodeBook } from './node-book.js';
import type { Place, Reporter } from './reporter.js';
import { Outcome, type Tally } from './tally.js';
import { Phase, Token, type Tokens } from './tokens.js';

/** What ends nodes needs of their frame. */
export interface EndingFrame extends Place {
  readonly tokens: Tokens;
  readonly book: NodeBook;
  readonly tally: Tally | undefined;
  readonly host: { readonly reporter: Reporter };
  /** One of its nodes has ended. */
  onEnded(node: number): void;
  /** A node gave values in so much time. */
  onComputed(node: number, durationMs: number): void;
  /** Goes on with a node that gave streams, whose wires get their tokens one by one. */
  openStreams(node: number, durationMs: number): void;
}

/** Ends nodes: writes the end down, puts tokens on what leaves the node, and says it. */
export class NodeEndings {
  readonly #frame: EndingFrame;

  constructor(frame: EndingFrame) {
    this.#frame = frame;
  }

  /** A task of a batch gave outputs. What is not among them was skipped. */
  computed(node: number, outputs: Outputs, durationMs: number): void {
    const { book, flow } = this.#frame;
    book.computed(node, outputs);
    const ports = flow.types[node]?.outputs ?? [];
    const isWhole = ports.every(({ id, inner }) => inner || Object.hasOwn(outputs, id));
    if (isWhole) this.called(node, durationMs);
    else this.calledPartly(node, durationMs, (place) => Object.hasOwn(outputs, ports[place]?.id ?? ''));
  }

  /** A direct call gave values, which are in the book already. */
  called(node: number, durationMs: number): void {
    const { tokens, flow } = this.#frame;
    if (flow.streamSources?.has(node)) {
      this.#frame.openStreams(node, durationMs);
      return;
    }
    tokens.settle(node, Phase.success, Token.value, node);
    this.#succeeded(node, durationMs);
  }

  /** Likewise, though not at every output. */
  calledPartly(node: number, durationMs: number, hasValue: (output: number) => boolean): void {
    if (this.#frame.flow.streamSources?.has(node)) {
      this.#frame.openStreams(node, durationMs);
      return;
    }
    this.#frame.tokens.settleSome(node, hasValue);
    this.#succeeded(node, durationMs);
  }

  /** A node that was not run handed values on, which are in the book already; `tokenOf` where it is not only values. */
  passedBy(node: number, tokenOf: ((output: number) => Token) | undefined): void {
    const { tokens } = this.#frame;
    if (tokenOf) tokens.settleEach(node, Phase.success, tokenOf);
    else tokens.settle(node, Phase.success, Token.value, node);
    this.#succeeded(node, 0);
  }

  /** A result that was stored: it counts as reused. */
  found(node: number, outputs: Outputs): void {
    const { book, tokens, flow, host } = this.#frame;
    book.found(node, outputs);
    const ports = flow.types[node]?.outputs ?? [];
    tokens.settleSome(node, (place) => Object.hasOwn(outputs, ports[place]?.id ?? ''));
    host.reporter.succeeded(this.#frame, node, 0, true, book);
    this.#end(node);
  }

  /** A result of an earlier run, which is in the book already. */
  reused(node: number): void {
    const { tokens, book, host, flow } = this.#frame;
    const { record } = book;
    const isWhole = flow.types[node]?.outputs.every(({ inner }, place) => inner || record.givesAt(node, place)) ?? true;
    if (isWhole) tokens.settle(node, Phase.success, Token.value, node);
    else tokens.settleSome(node, (place) => record.givesAt(node, place));
    host.reporter.succeeded(this.#frame, node, 0, true, book);
    this.#end(node);
  }

  failed(node: number, error: NodeError, durationMs: number): void {
    const { book, tokens, tally, host } = this.#frame;
    book.failed(node, error);
    tally?.failed(node, error, durationMs, this.#frame.path);
    tokens.settle(node, Phase.error, Token.error, node);
    host.reporter.failed(this.#frame, node, durationMs, error);
    this.#end(node);
  }

  /** `blame` is the node where it began. What hands on more than one thing tells the token of each output. */
  skipped(
    node: number,
    token: 2 | 3 | 4,
    blame: number,
    reason: SkipReason,
    tokenOf?: (output: number) => Token,
  ): void {
    const { book, tokens, tally, host } = this.#frame;
    book.skipped(node, reason, blame);
    if (tally) {
      tally.note(node, Outcome.skipped, 0);
      tally.reasons.set(node, reason);
    }
    if (tokenOf) tokens.settleEach(node, Phase.skipped, tokenOf);
    else tokens.settle(node, Phase.skipped, token, blame);
    host.reporter.skipped(this.#frame, node, reason);
    this.#end(node);
  }

  cancelled(node: number): void {
    const { book, tokens, tally, host } = this.#frame;
    book.cancelled(node);
    tally?.note(node, Outcome.cancelled, 0);
    tokens.settle(node, Phase.cancelled, Token.cancelled, node);
    host.reporter.cancelled(this.#frame, node);
    this.#end(node);
  }

  /** The streams of a node have ended. Its wires have their tokens already, here and below. */
  streamEnded(node: number, durationMs: number): void {
    this.#frame.tokens.finish(node, Phase.success);
    this.#succeeded(node, durationMs);
  }

  streamFailed(node: number, error: NodeError, durationMs: number): void {
    const { book, tokens, tally, host } = this.#frame;
    book.failed(node, error);
    tally?.failed(node, error, durationMs, this.#frame.path);
    tokens.finish(node, Phase.error);
    host.reporter.failed(this.#frame, node, durationMs, error);
    this.#end(node);
  }

  streamSkipped(node: number, reason: SkipReason): void {
    const { book, tokens, tally, host } = this.#frame;
    book.skipped(node, reason, node);
    tally?.note(node, Outcome.skipped, 0);
    tally?.reasons.set(node, reason);
    tokens.finish(node, Phase.skipped);
    host.reporter.skipped(this.#frame, node, reason);
    this.#end(node);
  }

  streamCancelled(node: number): void {
    const { book, tokens, tally, host } = this.#frame;
    book.cancelled(node);
    tally?.note(node, Outcome.cancelled, 0);
    tokens.finish(node, Phase.cancelled);
    host.reporter.cancelled(this.#frame, node);
    this.#end(node);
  }

  #succeeded(node: number, durationMs: number): void {
    const { tally, host, book } = this.#frame;
    tally?.note(node, Outcome.success, durationMs);
    host.reporter.succeeded(this.#frame, node, durationMs, false, book);
    this.#frame.onComputed(node, durationMs);
    this.#end(node);
  }

  #end(node: number): void {
    this.#frame.onEnded(node);
  }
}
