export type { PyodideExecutorOptions, PyodidePoolOptions, SharedPyodideOptions } from './create.js';
export { createPyodideExecutor, createPyodidePool } from './create.js';
export type { PackageFile, PackageSources } from './environment/package-sources.js';
export type { ModuleWorkerOptions } from './module-worker.js';
export type { ExecutorOptions, PoolOptions, RecyclePolicy } from './options.js';
export type { RestartPolicy } from './restart-budget.js';
export type { PyodidePool } from './shared-pool.js';
