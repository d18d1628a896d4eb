/**
 * What a function gives for an output that it skips: nothing is there, and what needs it is skipped too.
 *
 * @example
 * ```ts
 * run: ({ order }) => (order.paid ? { paid: order, open: skip } : { paid: skip, open: order });
 * ```
 */
export const skip: unique symbol = Symbol.for('loom.skip');
