import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll } from 'vitest';
import { environments } from '../../test/environments.js';
import { createNodePyodideExecutor, createNodePyodidePool, type PyodidePool } from '../node.js';

const folders: string[] = [];
let pool: PyodidePool | undefined;
afterAll(async () => {
  await pool?.dispose();
  for (const folder of folders) await rm(folder, { recursive: true });
});

environments({
  name: 'Node',
  create(packages, shares) {
    const sources = packages ? { packages } : {};
    if (!shares) return createNodePyodideExecutor({ lanes: 1, ...sources });
    pool ??= createNodePyodidePool({ lanes: 1 });
    return createNodePyodideExecutor({ pool, ...sources });
  },
  async serve(files) {
    const folder = await mkdtemp(path.join(tmpdir(), 'loom-wheels-'));
    folders.push(folder);
    for (const [name, content] of Object.entries(files)) {
      await writeFile(path.join(folder, name), typeof content === 'string' ? content : new Uint8Array(content));
    }
    return pathToFileURL(path.join(folder, path.sep)).href;
  },
});
