import { executorContract } from '@loom/testing';
import { pythonPrograms } from '../test/python-programs.js';
import { createNodePyodideExecutor } from './node.js';

executorContract({
  name: 'Pyodide in Node',
  create: () => createNodePyodideExecutor({ graceMs: 5_000 }),
  definitions: pythonPrograms,
});
