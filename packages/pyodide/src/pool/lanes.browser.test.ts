import { lanes } from '../../test/lanes.js';
import { createPyodideExecutor, createPyodidePool } from '../index.js';

lanes(
  'Pyodide in Chromium',
  (options) => createPyodidePool({ indexUrl: '/pyodide/', ...options }),
  (pool, options) => createPyodideExecutor({ ...options, pool }),
);
