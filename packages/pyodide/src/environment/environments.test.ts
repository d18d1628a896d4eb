import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { EnvironmentStatus } from '@loom/engine';
import { afterAll, expect, it, onTestFinished } from 'vitest';
import { environments } from '../../test/environments.js';
import { python } from '../../test/python-programs.js';
import { perform, resultOf } from '../../test/tasks.js';
import { wheelFile } from '../../test/wheel-file.js';
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

/** A server of files, which answers as busy the first time that a wheel is asked for. */
async function startIndex(files: Readonly<Record<string, string | ArrayBuffer>>): Promise<string> {
  const asked = new Set<string>();
  const server = createServer((request, response) => {
    const { url = '' } = request;
    const content = files[url];
    const isBusy = url.endsWith('.whl') && !asked.has(url);
    asked.add(url);
    response.statusCode = content === undefined ? 404 : isBusy ? 503 : 200;
    if (typeof content === 'string' && content.startsWith('<')) response.setHeader('content-type', 'text/html');
    response.end(content instanceof ArrayBuffer ? new Uint8Array(content) : content);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

it('an index is asked for what no other source has, and a busy one is asked again', async () => {
  const outer = await wheelFile({ name: 'outer', requires: ['inner>=1'] });
  const inner = await wheelFile({ name: 'inner', version: '1.5' });
  const address = await startIndex({
    '/simple/outer/': `<a href="/files/${outer.name}#sha256=${outer.sha256}">${outer.name}</a>`,
    '/simple/inner/': JSON.stringify({
      files: [{ filename: inner.name, url: `/files/${inner.name}`, hashes: { sha256: inner.sha256 } }],
    }),
    [`/files/${outer.name}`]: outer.data,
    [`/files/${inner.name}`]: inner.data,
    '/simple/forged/': `<a href="/files/${inner.name}#sha256=${outer.sha256}">forged-1.0-py3-none-any.whl</a>`,
  });
  const executor = createNodePyodideExecutor({ lanes: 1, packages: { indexes: [`${address}/simple/`] } });
  onTestFinished(() => executor.dispose());
  const statuses: EnvironmentStatus[] = [];
  executor.subscribe((event) => event.kind === 'environment' && statuses.push(event.status));

  await executor.prepare({
    python: { requirements: ['outer'], lock: { loom: 1, requirements: ['other'], packages: [] } },
  });
  const { ends } = await perform(executor, [
    python('f', 'import outer, inner\n\ndef f():\n    return inner.VERSION\n'),
  ]);
  expect(await resultOf(executor, ends[0])).toBe('1.5');
  const details = statuses.flatMap((status) => ('detail' in status ? [status.detail] : []));
  expect(details).toContain(
    'The lock of the flow is for other requirements, and says nothing about these: choosing anew.',
  );
  expect(details).toContain('Asking for inner');
  expect(details.some((detail) => detail.includes('503') && detail.endsWith('Trying again (2 of 4).'))).toBe(true);
  expect(statuses.at(-1)).toMatchObject({ state: 'ready', lock: { requirements: ['outer'] } });

  await expect(executor.prepare({ python: { requirements: ['forged'] } })).rejects.toMatchObject({
    code: 'python/wrong-hash',
  });
  await expect(executor.prepare({ python: { requirements: ['nowhere'] } })).rejects.toMatchObject({
    code: 'python/no-such-package',
  });
});

it('a folder of wheels needs no list', async () => {
  const { name, data } = await wheelFile({ name: 'plain', version: '3.1' });
  const folder = await mkdtemp(path.join(tmpdir(), 'loom-wheels-'));
  folders.push(folder);
  await writeFile(path.join(folder, name), new Uint8Array(data));
  const executor = createNodePyodideExecutor({ lanes: 1, packages: { urls: [folder] } });
  onTestFinished(() => executor.dispose());
  await executor.prepare({ python: { requirements: ['plain>=3'] } });
  const { ends } = await perform(executor, [python('f', 'import plain\n\ndef f():\n    return plain.VERSION\n')]);
  expect(await resultOf(executor, ends[0])).toBe('3.1');
  const empty = createNodePyodideExecutor({
    lanes: 1,
    packages: { urls: [path.join(folder, '..', 'loom-no-such-folder')] },
  });
  onTestFinished(() => empty.dispose());
  await expect(empty.prepare({ python: { requirements: ['plain'] } })).rejects.toMatchObject({
    code: 'python/package-missing',
  });
});
