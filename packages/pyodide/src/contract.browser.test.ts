import { executorContract } from '@loom/testing';
import { pythonPrograms } from '../test/python-programs.js';
import { createPyodideExecutor } from './index.js';

executorContract({
  name: 'Pyodide in an isolated page',
  create: () => createPyodideExecutor({ indexUrl: '/pyodide/', graceMs: 5_000 }),
  definitions: pythonPrograms,
});

executorContract({
  name: 'Pyodide in a page that is not isolated',
  create: () => createPyodideExecutor({ indexUrl: '/pyodide/', cancel: 'restart', graceMs: 5_000 }),
  definitions: pythonPrograms,
});
