/** Resolves once what has changed by now is painted. */
export function painted(): Promise<void> {
  return new Promise((resolve) => {
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      // Messages come after the frame is drawn; a timer would be held back.
      port1.onmessage = () => {
        port1.close();
        resolve();
      };
      port2.postMessage(undefined);
    });
  });
}

/** Resolves once so many frames were drawn. */
export async function afterFrames(count: number): Promise<void> {
  for (let at = 0; at < count; at++) await painted();
}

/** Milliseconds until something is so, and painted; asked at each frame. */
export async function untilPainted(isSo: () => boolean, limitMs: number): Promise<number> {
  const begun = performance.now();
  while (!isSo()) {
    if (performance.now() - begun > limitMs) throw new Error(`Nothing came of it in ${limitMs / 1000} s.`);
    await new Promise((resolve) => requestAnimationFrame(resolve));
  }
  await painted();
  return performance.now() - begun;
}

let frameTimes: number[] | undefined;

/** Notes from now on how long each frame takes. */
export function recordFrames(): void {
  const times: number[] = [];
  frameTimes = times;
  let last = performance.now();
  const note = () => {
    if (frameTimes !== times) return;
    const now = performance.now();
    times.push(now - last);
    last = now;
    requestAnimationFrame(note);
  };
  requestAnimationFrame(note);
}

/** The milliseconds from frame to frame since {@link recordFrames}. */
export function recordedFrames(): readonly number[] {
  const times = frameTimes ?? [];
  frameTimes = undefined;
  return times;
}

let longTasks: number[] = [];
let observer: PerformanceObserver | undefined;

/** Notes from now on every task that holds the page up: the browser tells those over 50 ms. */
export function recordLongTasks(): void {
  observer?.disconnect();
  const durations: number[] = [];
  longTasks = durations;
  observer = new PerformanceObserver((list) => durations.push(...list.getEntries().map(({ duration }) => duration)));
  observer.observe({ type: 'longtask' });
}

/** The milliseconds of each task over 50 ms since {@link recordLongTasks}. */
export async function recordedLongTasks(): Promise<readonly number[]> {
  // What is observed is told a moment later.
  await afterFrames(3);
  observer?.disconnect();
  return longTasks;
}
