import { lanes } from '../../test/lanes.js';
import { createNodePyodideExecutor, createNodePyodidePool } from '../node.js';

lanes('Pyodide in Node', createNodePyodidePool, (pool, options) => createNodePyodideExecutor({ ...options, pool }));
