/** Two changes of the same kind that are further apart than this make two undo steps, in milliseconds. */
export const BURST_MS = 1000;

/**
 * Turns the merge keys of gestures (`input:a:x`, `nudge`) into keys that hold for one burst: typing into one field is
 * one undo step, and coming back to it later is another.
 */
export function createBursts(now: () => number): { key(base: string): string; end(): void } {
  let current: string | undefined;
  let last = Number.NEGATIVE_INFINITY;
  let count = 0;
  return {
    key(base) {
      const at = now();
      if (base !== current || at - last > BURST_MS) count += 1;
      current = base;
      last = at;
      return `${base}#${count}`;
    },
    end() {
      current = undefined;
    },
  };
}
