import { execFile } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { runtimeSources } from '@loom/python';
import { build, type Plugin } from 'esbuild';
import { afterAll, beforeAll, expect, it } from 'vitest';
import workerSource from './worker/worker.js?bundle';

const run = promisify(execFile);
// Beside the npm package pyodide, so that the bundle finds it.
const modules = path.resolve(createRequire(import.meta.url).resolve('pyodide/package.json'), '../..');
const folder = path.join(modules, '.cache', `loom-process-exit-${process.pid}`);
const script = path.join(folder, 'script.mjs');

const SCRIPT = `
import { createNodePyodideExecutor } from './node.js';
import { python } from '../test/python-programs.js';

const executor = createNodePyodideExecutor();
const hello = python('hello', 'def hello():\\n    print("from Python")\\n    return 42\\n');
await executor.define([hello]);
await executor.execute(
  { id: 'b', tasks: [{ id: 't', nodeId: 'n', typeId: 'hello', revision: 'hello', inputs: {} }] },
  { signal: new AbortController().signal, onEvents: (events) => console.log(events.at(-1).kind) },
);
console.log('done');
`;

/** Texts that the build of the packages makes; the test has them already. */
const texts: Plugin = {
  name: 'texts',
  setup(context) {
    const exports = new Map([
      ['worker', `export default ${JSON.stringify(workerSource)};`],
      ['python', `export const runtimeSources = ${JSON.stringify(runtimeSources)};`],
    ]);
    context.onResolve({ filter: /\?bundle$/ }, () => ({ path: 'worker', namespace: 'text' }));
    context.onResolve({ filter: /^@loom\/python$/ }, () => ({ path: 'python', namespace: 'text' }));
    context.onLoad({ filter: /.*/, namespace: 'text' }, ({ path }) => ({ contents: exports.get(path) ?? '' }));
  },
};

beforeAll(async () => {
  await mkdir(folder, { recursive: true });
  const { outputFiles } = await build({
    stdin: { contents: SCRIPT, resolveDir: fileURLToPath(new URL('.', import.meta.url)), loader: 'ts' },
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    plugins: [texts],
    logLevel: 'silent',
  });
  await writeFile(script, outputFiles[0]?.text ?? '');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

it('the process waits for Python while it works, then ends by itself, and prints nothing that is not its own', async () => {
  const { stdout, stderr } = await run(process.execPath, [script], { timeout: 100_000 });
  expect(stdout.trim().split('\n')).toEqual(['started', 'success', 'done']);
  expect(stderr).toBe('');
});
