import { createEngine, type Engine, type Executor } from '@loom/engine';
import { createLibrary, type FlowDocument } from '@loom/graph';
import { createPyodideExecutor } from '@loom/pyodide';
import { readPythonType } from '@loom/python';
import { chain, layered, NODE_COUNT } from './flows.js';
import { oneByOne } from './one-by-one.js';

const library = createLibrary({ readers: { python: readPythonType } });

/** An engine that keeps nothing, so that every run computes every node. */
function engineWith(wrap: (executor: Executor) => Executor): Engine {
  const executor = createPyodideExecutor({ indexUrl: '/pyodide/' });
  return createEngine({ library, executors: [wrap(executor)], keepResults: false });
}

const engines = { batched: engineWith((executor) => executor), single: engineWith(oneByOne) };
const documents: Record<'chain' | 'layered', FlowDocument> = { chain: chain(), layered: layered() };

/** Milliseconds of one run, from the call to its result. */
async function measure(shape: keyof typeof documents, mode: keyof typeof engines): Promise<number> {
  const start = performance.now();
  const { status, counts } = await engines[mode].run(documents[shape]).result;
  const time = performance.now() - start;
  if (status !== 'succeeded' || counts.success !== NODE_COUNT) {
    throw new Error(`${shape} ${mode} ended as ${status}: ${JSON.stringify(counts)}`);
  }
  return time;
}

async function ready(): Promise<void> {
  for (const engine of Object.values(engines)) await engine.warmUp();
}

const bench = { ready, measure };
export type BatchesBench = typeof bench;
Object.assign(globalThis, { bench });
