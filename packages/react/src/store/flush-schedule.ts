/** Calls back soon, once. Returns what takes it back. */
export type Schedule = (flush: () => void) => () => void;

/** A hidden page draws no frames: after this many milliseconds the events are taken in anyway. */
const HIDDEN_PAGE_MS = 120;

/**
 * Once per drawn frame, so that a thousand events make one render. Where no frames are drawn, as in Node or in a hidden
 * tab, a timer does it.
 */
export const everyFrame: Schedule = (flush) => {
  let done = false;
  const once = () => {
    if (done) return;
    done = true;
    cancel();
    flush();
  };
  const timer = setTimeout(once, typeof requestAnimationFrame === 'function' ? HIDDEN_PAGE_MS : 0);
  const frame = typeof requestAnimationFrame === 'function' ? requestAnimationFrame(once) : undefined;
  function cancel() {
    done = true;
    clearTimeout(timer);
    if (frame !== undefined) cancelAnimationFrame(frame);
  }
  return cancel;
};
