import { GRACE_MS, misbehaviour } from '../test/behaviour.js';
import { createPyodideExecutor } from './index.js';

const options = { graceMs: GRACE_MS, restarts: { limit: 100, windowMs: 60_000, backOffMs: 0 } };

misbehaviour({
  name: 'Pyodide in an isolated page, with interrupts',
  create: () => createPyodideExecutor({ indexUrl: '/pyodide/', ...options }),
  interrupts: true,
});

misbehaviour({
  name: 'Pyodide in any page, by restarts',
  create: () => createPyodideExecutor({ indexUrl: '/pyodide/', ...options, cancel: 'restart' }),
  interrupts: false,
});
