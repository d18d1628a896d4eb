import type { SkipReason } from '../event.js';
import type { NodeError } from '../node-error.js';
import type { Outputs } from '../plan/run-record.js';
import type { NodeBook } from './node-book.js';
import type { Reporter } from './reporter.js';
import { Phase, Token, type Tokens } from './tokens.js';

/** Ends nodes: writes the end down, puts tokens on what leaves the node, and says it. */
export class NodeEndings {
  readonly #tokens: Tokens;
  readonly #book: NodeBook;
  readonly #reporter: Reporter;

  constructor(tokens: Tokens, book: NodeBook, reporter: Reporter) {
    this.#tokens = tokens;
    this.#book = book;
    this.#reporter = reporter;
  }

  /** A task of a batch gave outputs. */
  computed(node: number, outputs: Outputs, durationMs: number): void {
    this.#book.computed(node, outputs);
    this.called(node, durationMs);
  }

  /** A direct call gave values, which are in the book already. */
  called(node: number, durationMs: number): void {
    this.#tokens.settle(node, Phase.success, Token.value, node);
    this.#reporter.succeeded(node, durationMs, false, this.#book);
  }

  /** A result of an earlier run, which is in the book already. */
  reused(node: number): void {
    this.#tokens.settle(node, Phase.success, Token.value, node);
    this.#reporter.succeeded(node, 0, true, this.#book);
  }

  failed(node: number, error: NodeError, durationMs: number): void {
    this.#book.failed(node, error);
    this.#tokens.settle(node, Phase.error, Token.error, node);
    this.#reporter.failed(node, durationMs, error);
  }

  /** `blame` is the node where it began. */
  skipped(node: number, token: 2 | 3 | 4, blame: number, reason: SkipReason): void {
    this.#book.skipped();
    this.#tokens.settle(node, Phase.skipped, token, blame);
    this.#reporter.skipped(node, reason);
  }

  cancelled(node: number): void {
    this.#book.cancelled();
    this.#tokens.settle(node, Phase.cancelled, Token.cancelled, node);
    this.#reporter.cancelled(node);
  }
}
