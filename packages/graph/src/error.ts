/** Options of a {@link LoomError}. */
export interface LoomErrorOptions {
  /** What made this happen, kept for whoever debugs it. */
  readonly cause?: unknown;
  /** Plain data that names the things involved (ids, paths, limits). */
  readonly context?: Readonly<Record<string, unknown>>;
}

/**
 * The one error class of Loom. `code` is made of words and is stable (`graph/cycle`); `message` says what happened
 * and what to do about it.
 *
 * @example
 * ```ts
 * throw new LoomError('graph/unknown-node', 'There is no node "a". Add it first.', { context: { node: 'a' } });
 * ```
 */
export class LoomError extends Error {
  readonly code: string;
  readonly context: Readonly<Record<string, unknown>>;

  constructor(code: string, message: string, options: LoomErrorOptions = {}) {
    super(message, 'cause' in options ? { cause: options.cause } : undefined);
    this.name = 'LoomError';
    this.code = code;
    this.context = options.context ?? {};
  }
}

/**
 * The compiler proves that this is never reached; at run time it names the value that was forgotten.
 *
 * @example
 * ```ts
 * switch (side) {
 *   case 'inputs':
 *     return node.inputs;
 *   case 'outputs':
 *     return node.outputs;
 *   default:
 *     return assertNever(side, 'side');
 * }
 * ```
 */
export function assertNever(value: never, what: string): never {
  throw new LoomError('graph/impossible', `Unexpected ${what}: ${JSON.stringify(value)}`);
}
