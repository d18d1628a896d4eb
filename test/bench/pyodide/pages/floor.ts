import { chain, NODE_COUNT } from './flows.js';
import { pythonEngine, pythonFlow, timeOfRun } from './python-engine.js';

/** Both sides give their best of so many rounds: what else the machine does is no part of either. */
const ROUNDS = 20;

const ADD_AND_BEST = `
import time


def _add(a: int, b: int = 1) -> int:
    return a + b


def _best(run) -> float:
    times = []
    for _ in range(${ROUNDS}):
        begun = time.perf_counter()
        run()
        times.append(time.perf_counter() - begun)
    return min(times) * 1000
`;

const LOOPS = {
  /** The functions in their order, each called with its inputs by name, out of a dictionary of values, and its result put there. */
  byHand: `${ADD_AND_BEST}

def by_hand(nodes: int) -> float:
    steps = [(f"n{place}", _add, {"a": f"n{place - 1}"}) for place in range(1, nodes)]

    def run():
        values = {"n0": _add(a=0)}
        for name, function, inputs in steps:
            values[name] = function(**{port: values[source] for port, source in inputs.items()})

    return _best(run)
`,
  /** The least that any loop could do: one list of values, and inputs by position. */
  least: `${ADD_AND_BEST}

def least(nodes: int) -> float:
    calls = [(_add, index + 1, 0) for index in range(nodes)]

    def run():
        values = [1, 0]
        for function, a, b in calls:
            values.append(function(values[a], values[b]))

    return _best(run)
`,
};

/** Milliseconds of a run of a chain, and of bare loops in the same worker. */
export function floor() {
  const engine = pythonEngine({}, { keepResults: true });
  const flow = chain();
  const nodes = Object.keys(LOOPS).map((loop) => [loop, { type: loop, inputs: { nodes: NODE_COUNT } }]);
  const bare = pythonFlow(LOOPS, Object.fromEntries(nodes));
  return {
    ready: () => engine.warmUp(),
    async run(): Promise<number> {
      const times: number[] = [];
      for (let round = 0; round < ROUNDS; round++) times.push(await timeOfRun(engine, flow, NODE_COUNT));
      return Math.min(...times);
    },
    async bare(loop: keyof typeof LOOPS): Promise<number> {
      const { outputs } = await engine.run(bare, { targets: { kind: 'nodes', nodes: [loop] } }).result;
      const ref = outputs[loop]?.result?.ref;
      if (!ref) throw new Error('The bare loop gave nothing.');
      return Number(await engine.read(ref));
    },
  };
}
