import { execFile } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { sourceTextForEsbuild } from '../../../scripts/source-text.js';
import { root } from '../../../scripts/workspace.js';

const run = promisify(execFile);
// Below node_modules, so that the bundle finds the npm package pyodide.
const folder = path.join(root, 'node_modules', '.cache', `loom-process-exit-${process.pid}`);
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

beforeAll(async () => {
  await mkdir(folder, { recursive: true });
  const { outputFiles } = await build({
    stdin: { contents: SCRIPT, resolveDir: fileURLToPath(new URL('.', import.meta.url)), loader: 'ts' },
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    tsconfig: path.join(root, 'tsconfig.json'),
    plugins: [sourceTextForEsbuild()],
    logLevel: 'silent',
  });
  await writeFile(script, outputFiles[0]?.text ?? '');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

it('the process waits for Python while it works, then ends by itself, and prints nothing that is not its own', async () => {
  const { stdout, stderr } = await run(process.execPath, [script], { timeout: 100_000 });
  expect(stdout.trim().split('\n')).toEqual(['started', 'success', 'done']);
  expect(stderr).toBe('');
}, 120_000);
