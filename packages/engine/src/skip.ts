/** The type of {@link skip}. A `unique symbol` would become any symbol in asynchronous functions. */
export type Skip = symbol & { readonly description: 'loom.skip' };

/**
 * Stands for no value: a function that gives it for an output skips that port, and what hangs on the port is skipped
 * too. Given as the whole result it skips every port. It is no value itself and never travels along a wire.
 *
 * A source inside of a flow cannot import it and writes `Symbol.for('loom.skip')`, which is the same.
 *
 * @example
 * ```ts
 * run: ({ order }) => (order.isPaid ? { paid: order, open: skip } : { paid: skip, open: order });
 * ```
 */
export const skip = Symbol.for('loom.skip') as Skip;
