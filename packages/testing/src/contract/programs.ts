import type { Definition, Executor } from '@loom/engine';

/**
 * The node types that the contract runs, in the language of the executor. Inputs and outputs by port are as written; all
 * revisions differ, and only `constant` and `constantNext` share their type id.
 */
export interface ContractPrograms {
  /** `(a, b) -> result`: the sum of two numbers. */
  readonly add: Definition;
  /** `() -> result`: the number 7. */
  readonly constant: Definition;
  /** A later revision of `constant`: the number 8. */
  readonly constantNext: Definition;
  /** `(value) -> result`: what it was given. */
  readonly echo: Definition;
  /** `() -> result`: raises with a message that contains `boom`. */
  readonly fail: Definition;
  /** A source that cannot be loaded, such as one with a syntax error. Output: `result`. */
  readonly broken: Definition;
  /** `(text) -> result`: prints the text (several lines) to its output or log, then gives it back. */
  readonly print: Definition;
  /** `() -> first, second`: 1 and 2. */
  readonly pair: Definition;
  /** `() -> result`: a value that cannot leave the executor, but has a picture. */
  readonly opaque: Definition;
  /** `() -> result`: waits asynchronously until it is cancelled. */
  readonly wait: Definition;
  /** `() -> result`: computes without end. Only where the executor can stop that. */
  readonly forever?: Definition;
  /** `(n) -> result`, a stream: 0, 1, … n - 1, from a generator. */
  readonly count: Definition;
  /** `(n) -> result`, a stream: the same from an asynchronous generator that lets others have turns in between. */
  readonly countLater: Definition;
  /** `(n) -> result`, a stream: the same, and then an asynchronous generator that waits for ever. */
  readonly countThenWait: Definition;
  /** `(n) -> result`, a stream: the same, and then line 5 of the source raises with a message that contains `boom`. */
  readonly countThenFail: Definition;
  /** `(n) -> result`, a stream: the same, printing the line `item 0` before 0, `item 1` before 1 and so on. */
  readonly talk: Definition;
  /** `() -> result`, a stream: prints something, then computes without end. Only where the executor can stop that. */
  readonly stuck?: Definition;
  /** `(key) -> result`, a stream: 0, 1, … without end; remembers the key when it is closed. */
  readonly tidy: Definition;
  /** The same from an asynchronous generator. */
  readonly tidyLater: Definition;
  /** `() -> result`: a list of the keys of all {@link tidy} streams that were closed. */
  readonly closed: Definition;
  /** `(items) -> result`: the sum of what can be iterated. */
  readonly total: Definition;
  /** `(which) -> first, second`: 1 and 2; skips the port `which`, or with `all` its whole result. */
  readonly skipping: Definition;
  /**
   * `() -> result`: offers the parameter `rate`, prints something, and waits asynchronously for a value, which it gives.
   * 13 is refused with a message that contains `unlucky`.
   */
  readonly tunable: Definition;
  /** `() -> result`: tells the metric `loss` as 3, then as what is no number, then as 1 at step 10. */
  readonly measured: Definition;
  /** `() -> result`: asks `Name?` and gives the answer; only where code can ask. */
  readonly asking?: Definition;
  /** `() -> result`: says something, then reads the live parameter `rate`, 0.5 at first, with turns for others until it is another one; gives that. */
  readonly reading: Definition;
  /** `() -> result`: the sum of 1, 2 and 3, which it goes through with progress and the word `adding`. */
  readonly tracked: Definition;
  /** `(rows) -> result`: a list of `rows` records `{index, name}`, such as `{index: 3, name: "row 3"}`. */
  readonly table: Definition;
}

/** What {@link executorContract} takes. */
export interface ExecutorContractOptions {
  /** Names the executor in test titles. */
  readonly name: string;
  /** Makes an executor that has not been started. Called a few times, since most tests share one. */
  readonly create: () => Executor | Promise<Executor>;
  readonly definitions: ContractPrograms;
  /** For one test, in milliseconds; starting may take long. @default 60000 */
  readonly timeoutMs?: number;
}
