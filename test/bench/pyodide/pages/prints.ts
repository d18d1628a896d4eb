import type { Executor } from '@loom/engine';
import { pythonEngine, pythonFlow, timeOfRun } from './python-engine.js';

const COUNT = 100_000;
const FLOW = pythonFlow(
  { talk: `def talk() -> int:\n    for i in range(${COUNT}):\n        print("line", i)\n    return ${COUNT}\n` },
  { talk: { type: 'talk' } },
);

export interface Printed {
  readonly messages: number;
  /** The longest task of the page; 0 when none took 50 ms. */
  readonly longestTaskMs: number;
  /** Whether the log says that something was left out. */
  readonly isMarked: boolean;
  readonly ms: number;
}

/** Prints 100,000 lines, while an editor would listen. */
export function prints() {
  let messages = 0;
  const counted = (executor: Executor): Executor =>
    new Proxy(executor, {
      get(target, key) {
        if (key !== 'execute') return bound(target, key as keyof Executor);
        return (batch: Parameters<Executor['execute']>[0], options: Parameters<Executor['execute']>[1]) =>
          target.execute(batch, {
            ...options,
            onEvents(events) {
              messages++;
              options.onEvents(events);
            },
          });
      },
    });
  const engine = pythonEngine({}, { wrap: counted });
  let isMarked = false;
  engine.subscribe((events) => {
    for (const event of events) if (event.kind === 'node-output') isMarked ||= event.text.includes('output cut');
  });
  return {
    ready: () => engine.warmUp(),
    async once(): Promise<Printed> {
      messages = 0;
      isMarked = false;
      let longestTaskMs = 0;
      const observer = new PerformanceObserver((list) => {
        for (const { duration } of list.getEntries()) longestTaskMs = Math.max(longestTaskMs, duration);
      });
      observer.observe({ type: 'longtask' });
      const ms = await timeOfRun(engine, FLOW, 1);
      await new Promise((resolve) => setTimeout(resolve, 100));
      observer.disconnect();
      return { messages, longestTaskMs, isMarked, ms };
    },
  };
}

/** Methods need their own object, whose fields are private. */
function bound(executor: Executor, key: keyof Executor): unknown {
  const value = executor[key];
  return typeof value === 'function' ? value.bind(executor) : value;
}
