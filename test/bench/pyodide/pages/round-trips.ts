import type { FlowDocument } from '@loom/graph';
import { chain, layered, NODE_COUNT } from './flows.js';
import { oneByOne } from './one-by-one.js';
import { pythonEngine, timeOfRun } from './python-engine.js';

const documents: Record<'chain' | 'layered', FlowDocument> = { chain: chain(), layered: layered() };

/** Milliseconds of runs with batches, and with one round trip to the worker for each node. */
export function chainOrLayered() {
  const engines = { batched: pythonEngine({}), single: pythonEngine({}, { wrap: oneByOne }) };
  return {
    ready: () => Promise.all(Object.values(engines).map((engine) => engine.warmUp())),
    measure: (shape: keyof typeof documents, mode: keyof typeof engines) =>
      timeOfRun(engines[mode], documents[shape], NODE_COUNT),
  };
}
