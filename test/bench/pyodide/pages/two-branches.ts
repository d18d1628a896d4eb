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
  };
}
