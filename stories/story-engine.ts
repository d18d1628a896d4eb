import { builtinShelf, createEngine, createJavaScriptExecutor, type Engine } from '@loom/engine';
import { createLibrary } from '@loom/graph';
import { createPyodideExecutor, type PackageSources } from '@loom/pyodide';
import { pythonShelf, readPythonType } from '@loom/python';

// Storybook serves its static build from any folder; Pyodide needs an address that its worker can resolve too.
const base = new URL(import.meta.env.BASE_URL, window.location.href);

/** The data files of `vega-datasets` that the example flows name, as the exampleData plugin serves them. */
async function readFile(path: string): Promise<Uint8Array> {
  const response = await fetch(new URL(path.replace(/^npm:vega-datasets\//, ''), base));
  if (!response.ok) throw new Error(`${path} is not there (${response.status})`);
  return new Uint8Array(await response.arrayBuffer());
}

/** Every node type that stories use. */
export const storyLibrary = createLibrary({
  shelves: [builtinShelf, pythonShelf],
  readers: { python: readPythonType },
});

/** An engine for one story. Python starts with the first run. */
export function createStoryEngine(packages?: PackageSources): Engine {
  return createEngine({
    library: storyLibrary,
    executors: [
      createJavaScriptExecutor({ readFile }),
      createPyodideExecutor({
        indexUrl: new URL('pyodide/', base),
        // A busy machine may need long for a step of the start, and says nothing meanwhile.
        stallTimeoutMs: 120_000,
        ...(packages && { packages }),
      }),
    ],
  });
}
