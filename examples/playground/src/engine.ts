import { builtinShelf, createEngine, createJavaScriptExecutor } from '@loom/engine';
import { createLibrary } from '@loom/graph';
import { createPyodideExecutor } from '@loom/pyodide';
import { pythonShelf, readPythonType } from '@loom/python';

const { BASE_URL } = import.meta.env;

/** Flows name their data as `npm:vega-datasets/data/FILE`; the playground serves these files as `data/FILE`. */
async function readFile(path: string): Promise<Uint8Array> {
  const response = await fetch(BASE_URL + path.replace(/^npm:vega-datasets\//, ''));
  if (!response.ok) throw new Error(`${path} is not there (${response.status})`);
  return new Uint8Array(await response.arrayBuffer());
}

export const library = createLibrary({
  shelves: [builtinShelf, pythonShelf],
  readers: { python: readPythonType },
});

export const engine = createEngine({
  library,
  executors: [createJavaScriptExecutor({ readFile }), createPyodideExecutor({ indexUrl: `${BASE_URL}pyodide/` })],
});
