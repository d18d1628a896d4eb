import { pythonEngine, pythonFlow } from './python-engine.js';

const FLOW = pythonFlow(
  {
    make: 'def make() -> list:\n    return list(range(1000))\n',
    stuck: 'def stuck(rows: list):\n    while True:\n        pass\n',
    after: 'def after(rows: list) -> int:\n    return len(rows)\n',
  },
  { make: { type: 'make' }, stuck: { type: 'stuck' }, after: { type: 'after' } },
  [
    ['make', 'stuck', 'rows'],
    ['make', 'after', 'rows'],
  ],
);

/** How long the busy node may run before it is cancelled: long enough to be busy for certain. */
const BUSY_MS = 300;

/** How long the page has nothing to do at first: it makes a spare worker then. */
const QUIET_MS = 15_000;
/** Nobody presses faster. */
const BETWEEN_MS = 2_000;

export interface Stopped {
  /** From the cancel to the end of the run. */
  readonly settledMs: number;
  /** From the start of the next run to the start of its first node. */
  readonly nextMs: number;
  /** How often what the busy node needed was computed again. */
  readonly upstreamRuns: number;
  readonly isIsolated: boolean;
}

/** Cancels a node that computes without end, and runs its neighbour, which needs the same. */
export function cancelBusy() {
  const engine = pythonEngine({}, { keepResults: true });
  /** Times of the last start of a node, and how often each was computed. */
  const startedAt = new Map<string, number>();
  const computed = new Map<string, number>();
  let onStarted: (node: string) => void = () => {};
  engine.subscribe((events) => {
    for (const event of events) {
      if (event.kind === 'node-started') {
        startedAt.set(event.node, performance.now());
        onStarted(event.node);
      } else if (event.kind === 'node-succeeded' && !event.cached) {
        computed.set(event.node, (computed.get(event.node) ?? 0) + 1);
      }
    }
  });
  async function once(): Promise<Stopped> {
    await new Promise((resolve) => setTimeout(resolve, BETWEEN_MS));
    const busy = new Promise<void>((resolve) => {
      onStarted = (node) => node === 'stuck' && resolve();
    });
    const run = engine.run(FLOW, { targets: { kind: 'nodes', nodes: ['stuck'] } });
    await busy;
    await new Promise((resolve) => setTimeout(resolve, BUSY_MS));
    computed.clear();
    const cancelledAt = performance.now();
    run.cancel();
    const { status } = await run.result;
    const settledMs = performance.now() - cancelledAt;
    if (status !== 'cancelled') throw new Error(`The run ended as ${status}.`);
    const begunAt = performance.now();
    const next = await engine.run(FLOW, { targets: { kind: 'nodes', nodes: ['after'] } }).result;
    if (next.status !== 'succeeded') throw new Error(`The next run ended as ${next.status}.`);
    const nextMs = (startedAt.get('after') ?? Number.POSITIVE_INFINITY) - begunAt;
    return { settledMs, nextMs, upstreamRuns: computed.get('make') ?? 0, isIsolated: crossOriginIsolated };
  }
  return {
    async ready(): Promise<void> {
      await engine.warmUp();
      await engine.run(FLOW, { targets: { kind: 'nodes', nodes: ['after'] } }).result;
      await new Promise((resolve) => setTimeout(resolve, QUIET_MS));
    },
    once,
  };
}
