import { GRACE_MS, misbehaviour } from '../test/behaviour.js';
import { createNodePyodideExecutor } from './node.js';

const options = { graceMs: GRACE_MS, restarts: { limit: 100, windowMs: 60_000, backOffMs: 0 } };

misbehaviour({
  name: 'Pyodide in Node, with interrupts',
  create: () => createNodePyodideExecutor(options),
  interrupts: true,
});
