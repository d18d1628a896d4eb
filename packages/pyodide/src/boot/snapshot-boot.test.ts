import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { runtimeSources } from '@loom/python';
import { snapshotBoot } from '../../test/snapshot-boot.js';
import { createNodeWorker } from '../node-worker.js';
import workerSource from '../worker/worker.js?bundle';
import { CompiledCode } from './start-worker.js';

const folder = path.join(path.dirname(createRequire(import.meta.url).resolve('pyodide/package.json')), path.sep);

snapshotBoot('Pyodide in Node', (snapshots) => ({
  open: () => createNodeWorker(workerSource),
  indexUrl: pathToFileURL(folder).href,
  indexPath: folder,
  shared: true,
  jsAccess: false,
  memoryLimit: 2 ** 30,
  runtime: runtimeSources,
  compiled: new CompiledCode(),
  snapshots,
}));
