export type { PyodideExecutorOptions } from './create.js';
export { createPyodideExecutor } from './create.js';
export type { ModuleWorkerOptions } from './module-worker.js';
export type { PyodideOptions } from './options.js';
export type { RestartPolicy } from './restart-budget.js';
