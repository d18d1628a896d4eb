import { pythonEngine, pythonFlow, timeOfRun } from './python-engine.js';

const MAKE = 'def make(size: int) -> bytearray:\n    return bytearray(size)\n';
const TOUCH = 'def touch(data: bytearray) -> bytearray:\n    data[0] = (data[0] + 1) % 256\n    return data\n';
const NODES = 5;

/** 100 MB through five nodes of one lane: they stay in the worker. */
export function stay() {
  const engine = pythonEngine({ lanes: 1, spare: false });
  const nodes = Object.fromEntries(
    Array.from({ length: NODES }, (_, index) => [
      `n${index}`,
      index === 0 ? { type: 'make', inputs: { size: 100_000_000 } } : { type: 'touch' },
    ]),
  );
  const edges = Array.from({ length: NODES - 1 }, (_, index) => [`n${index}`, `n${index + 1}`, 'data'] as const);
  const flow = pythonFlow({ make: MAKE, touch: TOUCH }, nodes, edges);
  return {
    ready: () => engine.warmUp(),
    run: () => timeOfRun(engine, flow, NODES),
  };
}
