import { life } from '../test/life.js';
import { createNodePyodideExecutor } from './node.js';

life('Pyodide in Node', (options) => createNodePyodideExecutor(options));
