import { life } from '../test/life.js';
import { createPyodideExecutor } from './index.js';

life('Pyodide in Chromium', (options) => createPyodideExecutor({ indexUrl: '/pyodide/', ...options }));
