import { chain, NODE_COUNT } from './flows.js';
import { pythonEngine, pythonFlow, timeOfRun } from './python-engine.js';

/**
 * The least that one could do in the worker: a list of nodes, sorted, a list of values, and one call for each node with its
 * inputs read by index. Gives the best of some rounds in milliseconds.
 */
const BARE = `
import time


def add(a: int, b: int = 1) -> int:
    return a + b


def bare(nodes: int) -> float:
    calls = [(add, index + 1, 0) for index in range(nodes)]
    best = 1e9
    for _ in range(20):
        values = [1, 0]
        begun = time.perf_counter()
        for function, a, b in calls:
            values.append(function(values[a], values[b]))
        best = min(best, time.perf_counter() - begun)
    return best * 1000
`;

/** Milliseconds of a run of a chain, and of a bare loop in the same worker. */
export function floor() {
  const engine = pythonEngine({}, { keepResults: true });
  const flow = chain();
  const bare = pythonFlow({ bare: BARE }, { bare: { type: 'bare', inputs: { nodes: NODE_COUNT } } });
  return {
    ready: () => engine.warmUp(),
    async run(): Promise<number> {
      return timeOfRun(engine, flow, NODE_COUNT);
    },
    async bare(): Promise<number> {
      const { outputs } = await engine.run(bare).result;
      const ref = outputs.bare?.result?.ref;
      if (!ref) throw new Error('The bare loop gave nothing.');
      return Number(await engine.read(ref));
    },
  };
}
