import { afterEach, expect, it, vi } from 'vitest';
import { diagnoseImport, downloadFiles } from './files.js';

const INDEX = 'https://example.org/pyodide/';
const GOOD: Record<string, () => Response> = {
  'pyodide.asm.wasm': () =>
    new Response(new Uint8Array([0, 0x61, 0x73, 0x6d, 1]), { headers: { 'content-type': 'x/y' } }),
  'python_stdlib.zip': () => new Response('PK and more'),
  'pyodide-lock.json': () => new Response('{}'),
};

/** Serves the good files, with some replaced. */
function serve(replaced: Record<string, () => Response | Promise<Response>>) {
  const answers = { ...GOOD, ...replaced };
  const fetch = vi.fn(async (url: string) => {
    const answer = answers[url.replace(INDEX, '')];
    return answer ? answer() : new Response(null, { status: 404 });
  });
  vi.stubGlobal('fetch', fetch);
  return fetch;
}

afterEach(() => {
  vi.unstubAllGlobals();
});

it('each file is fetched once: the code for who compiles it, with the right type, others for who fetches them', async () => {
  const real = serve({});
  const downloads = downloadFiles(INDEX, true, () => {});
  const wasm = await downloads.code;
  expect(wasm?.headers.get('content-type')).toBe('application/wasm');
  expect((await wasm?.arrayBuffer())?.byteLength).toBe(5);
  expect((await (await fetch(`${INDEX}pyodide.asm.wasm`)).arrayBuffer()).byteLength).toBe(0);
  expect(await (await fetch(`${INDEX}python_stdlib.zip`)).text()).toBe('PK and more');
  expect(real).toHaveBeenCalledTimes(3);
  await fetch('https://example.org/other');
  expect(real).toHaveBeenCalledTimes(4);
  downloads.stop();
  expect(globalThis.fetch).toBe(real);
});

it('code that is there already is not fetched', async () => {
  const real = serve({ 'pyodide.asm.wasm': () => new Response(null, { status: 404 }) });
  const downloads = downloadFiles(INDEX, false, () => {});
  expect(downloads.code).toBeUndefined();
  expect((await fetch(`${INDEX}pyodide.asm.wasm`)).ok).toBe(true);
  expect(real).toHaveBeenCalledTimes(2);
  downloads.stop();
});

it('progress counts the bytes of all files, in steps', async () => {
  const chunk = new Uint8Array(100_000);
  serve({
    'python_stdlib.zip': () => {
      const zip = new Uint8Array(2_500_000);
      zip.set([0x50, 0x4b]);
      const chunks = Array.from({ length: 25 }, (_, i) => zip.subarray(i * chunk.length, (i + 1) * chunk.length));
      return new Response(new Blob(chunks).stream());
    },
  });
  const seen: number[] = [];
  const downloads = downloadFiles(INDEX, true, (loaded) => seen.push(loaded));
  for (const name of Object.keys(GOOD)) await (await fetch(INDEX + name)).arrayBuffer();
  expect(seen).toEqual([...seen].sort((a, b) => a - b));
  expect(seen.at(-1)).toBeGreaterThan(2_000_000);
  expect(seen.length).toBeGreaterThan(3);
  expect(seen.length).toBeLessThan(12);
  downloads.stop();
});

it.each([
  ['a missing file', () => new Response(null, { status: 404 }), 'pyodide/not-found', 'answered 404'],
  ['a broken server', () => new Response(null, { status: 500 }), 'pyodide/not-found', 'answered 500'],
  [
    'a web page',
    () => new Response('<p>', { headers: { 'content-type': 'text/html' } }),
    'pyodide/wrong-content',
    'web page',
  ],
  ['a web page without a type', () => new Response('<!doctype html>'), 'pyodide/wrong-content', 'web page'],
  ['no answer', () => Promise.reject(new TypeError('Failed to fetch')), 'pyodide/unreachable', 'CORS'],
])('%s fails with its address and the cause', async (_name, answer, code, text) => {
  serve({ 'pyodide.asm.wasm': answer });
  const downloads = downloadFiles(INDEX, true, () => {});
  downloads.code?.catch(() => {});
  const fault = await downloads.failure.catch((thrown) => thrown);
  expect(fault).toMatchObject({ code, context: { url: `${INDEX}pyodide.asm.wasm` } });
  expect(fault.message).toContain(`${INDEX}pyodide.asm.wasm`);
  expect(fault.message).toContain(text);
  downloads.stop();
});

it.each([
  [new Response('export {}', { headers: { 'content-type': 'text/plain' } }), 'pyodide/wrong-content', '"text/plain"'],
  [new Response(null, { status: 404 }), 'pyodide/not-found', 'answered 404'],
  [
    new Response('export {', { headers: { 'content-type': 'text/javascript' } }),
    'pyodide/not-loaded',
    'Unexpected end',
  ],
])('a module that cannot be imported is looked at to say why', async (answer, code, text) => {
  serve({ 'pyodide.mjs': () => answer });
  const fault = await diagnoseImport(`${INDEX}pyodide.mjs`, new SyntaxError('Unexpected end'));
  expect(fault.code).toBe(code);
  expect(fault.message).toContain(text);
});
