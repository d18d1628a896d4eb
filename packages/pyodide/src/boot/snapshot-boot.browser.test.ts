import { runtimeSources } from '@loom/python';
import { snapshotBoot } from '../../test/snapshot-boot.js';
import { createModuleWorker } from '../link/module-worker.js';
import workerSource from '../worker/worker.js?bundle';
import { CompiledCode } from './start-worker.js';

snapshotBoot('Pyodide in Chromium', (snapshots) => ({
  open: () => createModuleWorker(workerSource),
  indexUrl: new URL('/pyodide/', location.href).href,
  shared: true,
  jsAccess: false,
  memoryLimit: 2 ** 30,
  runtime: runtimeSources,
  compiled: new CompiledCode(),
  snapshots,
}));
