import { pythonEngine, pythonFlow, timeOfRun } from './python-engine.js';

const FLOW = pythonFlow(
  {
    make: 'def make(n: int) -> dict:\n    print(n)\n    return {"rows": [[i] for i in range(n)]}\n',
    size: 'def size(table: dict) -> int:\n    return len(table["rows"])\n',
  },
  { make: { type: 'make', inputs: { n: 20 } }, size: { type: 'size' } },
  [['make', 'size', 'table']],
);
const COUNT = pythonFlow(
  { count: 'import gc\n\n\ndef count() -> int:\n    gc.collect()\n    return len(gc.get_objects())\n' },
  { count: { type: 'count' } },
);

/** Runs a small flow again and again. */
export function manyRuns() {
  const engine = pythonEngine({}, { keepResults: true });
  return {
    async run(times: number): Promise<void> {
      // Results that are kept would not be computed again: each time another literal.
      for (let i = 0; i < times; i++) {
        const make = { type: 'make', position: { x: 0, y: 0 }, inputs: { n: 20 + (i % 2) } };
        await timeOfRun(engine, { ...FLOW, nodes: { ...FLOW.nodes, make } }, 2);
      }
    },
    /** Objects that are alive in Python. */
    async objects(): Promise<number> {
      const { outputs } = await engine.run(COUNT).result;
      const ref = outputs.count?.result?.ref;
      if (!ref) throw new Error('Python did not count.');
      return Number(await engine.read(ref));
    },
  };
}
