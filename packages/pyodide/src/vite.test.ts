import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build, createServer, preview } from 'vite';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { PYODIDE_FILES } from './assets.js';
import { pyodideAssets } from './vite.js';

let root: string;

beforeAll(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'loom-pyodide-assets-'));
  await writeFile(path.join(root, 'index.html'), '<!doctype html><title>app</title>');
});
afterAll(() => rm(root, { recursive: true, force: true }));

async function served(base: string, plugin = pyodideAssets()) {
  const server = await createServer({
    configFile: false,
    root,
    base,
    logLevel: 'silent',
    plugins: [plugin],
    server: { port: 0, host: '127.0.0.1', ws: false },
    optimizeDeps: { noDiscovery: true },
  });
  onTestFinished(() => server.close());
  await server.listen();
  const address = server.httpServer?.address();
  return `http://127.0.0.1:${typeof address === 'object' && address ? address.port : ''}`;
}

it('the five files are served with the right types, for isolated pages too', async () => {
  const origin = await served('/');
  const answers = await Promise.all(
    PYODIDE_FILES.map((file) => fetch(`${origin}/pyodide/${file}`, { method: 'HEAD' })),
  );
  expect(answers.map(({ status, headers }) => [status, headers.get('content-type')])).toEqual([
    [200, 'text/javascript'],
    [200, 'text/javascript'],
    [200, 'application/wasm'],
    [200, 'application/zip'],
    [200, 'application/json'],
  ]);
  for (const { headers } of answers) expect(headers.get('cross-origin-resource-policy')).toBe('cross-origin');
});

it('nothing else of the package is served', async () => {
  const origin = await served('/');
  for (const file of ['package.json', 'console.html', '../pyodide/package.json', 'pyodide.mjs.map']) {
    const answer = await fetch(`${origin}/pyodide/${file}`);
    // The development server answers with the app's page for what it does not know.
    expect(await answer.text()).toContain('<title>app');
  }
});

it('a file that the browser has already is not sent again', async () => {
  const origin = await served('/');
  const url = `${origin}/pyodide/pyodide-lock.json`;
  const first = await fetch(url);
  expect(((await first.json()) as { info: { python: string } }).info.python).toMatch(/^3\./);
  const again = await fetch(url, { headers: { 'if-none-match': first.headers.get('etag') ?? '' } });
  expect(again.status).toBe(304);
});

it('the base of the app and a folder of its own are kept to', async () => {
  const origin = await served('/app/', pyodideAssets({ base: 'python/files' }));
  expect((await fetch(`${origin}/app/python/files/pyodide.mjs`, { method: 'HEAD' })).status).toBe(200);
});

it('a build has the five files and serves them in its preview', async () => {
  const config = { configFile: false as const, root, logLevel: 'silent' as const, plugins: [pyodideAssets()] };
  await build({ ...config, build: { outDir: 'out' } });
  expect((await readdir(path.join(root, 'out', 'pyodide'))).sort()).toEqual([...PYODIDE_FILES].sort());
  const server = await preview({ ...config, build: { outDir: 'out' }, preview: { port: 0, host: '127.0.0.1' } });
  onTestFinished(() => server.close());
  const [url] = server.resolvedUrls?.local ?? [];
  const answer = await fetch(`${url}pyodide/pyodide.asm.wasm`, { method: 'HEAD' });
  expect(answer.headers.get('content-type')).toBe('application/wasm');
});
