export type { PyodideExecutorOptions, PyodidePoolOptions, SharedPyodideOptions } from './create.js';
export { createPyodideExecutor, createPyodidePool } from './create.js';
export type { PackageFile, PackageSources } from './environment/package-sources.js';
export type { ModuleWorkerOptions } from './link/module-worker.js';
export type { ExecutorOptions, PoolOptions, RecyclePolicy } from './options.js';
export type { RestartPolicy } from './pool/restart-budget.js';
export type { PyodidePool } from './pool/shared-pool.js';
export type { Trust } from './trust.js';
