import { builtinShelf, createEngine, createJavaScriptExecutor } from '@loom/engine';
import { createLibrary, load } from '@loom/graph';
import { createPyodideExecutor } from '@loom/pyodide';
import { pythonShelf, readPythonType } from '@loom/python';
import penguins from '../../../../examples/flows/penguins.loom.json' with { type: 'json' };

async function readFile(path: string): Promise<Uint8Array> {
  const response = await fetch(path.replace('npm:vega-datasets/', '/'));
  return new Uint8Array(await response.arrayBuffer());
}

/** Milliseconds from the start of the page to the result of the playground's first flow. */
async function run(): Promise<number> {
  const library = createLibrary({ shelves: [builtinShelf, pythonShelf], readers: { python: readPythonType } });
  // With what is cached, but without a snapshot, when asked for.
  const snapshot = location.search === '?cold' ? 'off' : 'stored';
  const python = createPyodideExecutor({ indexUrl: '/pyodide/', snapshot });
  const executors = [createJavaScriptExecutor({ readFile }), python];
  const engine = createEngine({ library, executors });
  const { status, errors } = await engine.run(load(penguins).document).result;
  const time = performance.now();
  if (status !== 'succeeded') throw new Error(`The run ${status}: ${JSON.stringify(errors)}`);
  return time;
}

Object.assign(globalThis, { bench: run() });
