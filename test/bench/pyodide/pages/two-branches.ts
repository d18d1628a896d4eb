import type { Engine } from '@loom/engine';
import { pythonEngine, pythonFlow, timeOfRun } from './python-engine.js';

const COMPUTE = `
def compute(seed: int) -> int:
    total = seed
    for i in range(3_000_000):
        total = (total * 31 + i) % 1_000_003
    return total
`;
const HOLD = pythonFlow(
  { hold: 'import asyncio\n\n\nasync def hold():\n    await asyncio.Event().wait()\n' },
  { one: { type: 'hold' }, two: { type: 'hold' } },
);
const FLOW = pythonFlow(
  { compute: COMPUTE, total: 'def total(a: int, b: int) -> int:\n    return a + b\n' },
  {
    left: { type: 'compute', inputs: { seed: 1 } },
    right: { type: 'compute', inputs: { seed: 2 } },
    total: { type: 'total' },
  },
  [
    ['left', 'total', 'a'],
    ['right', 'total', 'b'],
  ],
);

/** Something that computes for about as long as one branch, without Python. */
const SPIN = `onmessage = ({ data: rounds }) => {
  let total = 1;
  for (let i = 0; i < rounds; i++) total = (total * 31 + i) % 1_000_003;
  postMessage(total);
};`;
const SPIN_ROUNDS = 60_000_000;

/** Two nodes that compute, and one that needs both. */
export function twoBranches() {
  const engines = { 1: pythonEngine({ lanes: 1, spare: false }), 2: pythonEngine({ lanes: 2, spare: false }) };
  return {
    async ready(): Promise<void> {
      // The second worker is started when the first one is held.
      const holding = engines[2].run(HOLD);
      let started = 0;
      await new Promise<void>((resolve) => {
        engines[2].subscribe((events) => {
          started += events.filter(({ kind }) => kind === 'node-started').length;
          if (started === 2) resolve();
        });
      });
      holding.cancel();
      await holding.result;
      for (const engine of Object.values(engines)) await timeOfRun(engine, FLOW, 3);
    },
    measure: (lanes: keyof typeof engines) => timeOfRun(engines[lanes], FLOW, 3),
    /** The part of a run on two lanes during which both branches are under way. */
    overlap: () => overlapOf(engines[2]),
    /** Milliseconds of two computations without Python, in so many workers: what the machine has to give just now. */
    spin: (workers: number) => spin(workers),
  };
}

async function overlapOf(engine: Engine): Promise<number> {
  const spans = new Map<string, [from: number, to: number]>();
  const unsubscribe = engine.subscribe((events) => {
    for (const event of events) {
      if (event.kind === 'node-started') spans.set(event.node, [performance.now(), Number.POSITIVE_INFINITY]);
      const span = event.kind === 'node-succeeded' && spans.get(event.node);
      if (span) span[1] = performance.now();
    }
  });
  const time = await timeOfRun(engine, FLOW, 3);
  unsubscribe();
  const [[leftFrom, leftTo], [rightFrom, rightTo]] = [spans.get('left') ?? [0, 0], spans.get('right') ?? [0, 0]];
  return Math.max(0, Math.min(leftTo, rightTo) - Math.max(leftFrom, rightFrom)) / time;
}

async function spin(count: number): Promise<number> {
  const url = URL.createObjectURL(new Blob([SPIN], { type: 'text/javascript' }));
  const workers = Array.from({ length: count }, () => new Worker(url));
  const compute = (worker: Worker, rounds: number) =>
    new Promise((resolve) => {
      worker.onmessage = resolve;
      worker.postMessage(rounds);
    });
  await Promise.all(workers.map((worker) => compute(worker, 0)));
  const start = performance.now();
  await Promise.all(workers.map((worker) => compute(worker, (2 * SPIN_ROUNDS) / count)));
  const time = performance.now() - start;
  for (const worker of workers) worker.terminate();
  URL.revokeObjectURL(url);
  return time;
}
