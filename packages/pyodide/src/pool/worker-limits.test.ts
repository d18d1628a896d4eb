import { workerLimits } from '../../test/worker-limits.js';
import { createNodePyodideExecutor, createNodePyodidePool } from '../node.js';

workerLimits('Node', createNodePyodidePool, (pool, options) => createNodePyodideExecutor({ ...options, pool }));
