import { lanes } from '../../test/lanes.js';
import { createNodePyodideExecutor, createNodePyodidePool } from '../node.js';

lanes('Pyodide in Node', createNodePyodidePool, (pool, id) => createNodePyodideExecutor({ pool, id }));
