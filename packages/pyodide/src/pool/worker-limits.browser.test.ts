import { workerLimits } from '../../test/worker-limits.js';
import { createPyodideExecutor, createPyodidePool } from '../index.js';

workerLimits(
  'Chromium',
  (options) => createPyodidePool({ indexUrl: '/pyodide/', ...options }),
  (pool, options) => createPyodideExecutor({ ...options, pool }),
);
