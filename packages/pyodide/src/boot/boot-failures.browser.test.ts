import type { Executor } from '@loom/engine';
import { expect, it, onTestFinished } from 'vitest';
import { python } from '../../test/python-programs.js';
import { errorOf, perform, resultOf } from '../../test/tasks.js';
import { createPyodideExecutor, type PyodideExecutorOptions } from '../index.js';
import workerSource from '../worker/worker.js?bundle';

const INDEX = new URL('/pyodide/', location.href).href;

function created(options: Partial<PyodideExecutorOptions>): Executor {
  const executor = createPyodideExecutor({ indexUrl: '/pyodide/', ...options });
  onTestFinished(() => executor.dispose());
  return executor;
}

/** A worker in which some code runs before its own. */
function workerAfter(prelude: string, page: Window & typeof globalThis = window): () => Worker {
  return () => {
    const url = page.URL.createObjectURL(new page.Blob([prelude, workerSource], { type: 'text/javascript' }));
    return new page.Worker(url, { type: 'module' });
  };
}

/** Answers requests for a file in its own way. */
const answering = (file: string, answer: string) => `
const realFetch = globalThis.fetch;
globalThis.fetch = (url, init) => (String(url).endsWith('${file}') ? ${answer} : realFetch(url, init));
`;

async function failure(executor: Executor) {
  const error = await executor.start().catch((thrown) => thrown);
  expect(executor.status).toMatchObject({ state: 'failed', error: { code: error.code, message: error.message } });
  return error as { readonly code: string; readonly message: string };
}

it.each(['pyodide.asm.wasm', 'python_stdlib.zip', 'pyodide-lock.json'])(
  'a missing %s is named with its address',
  async (file) => {
    const createWorker = workerAfter(answering(file, 'Promise.resolve(new Response(null, { status: 404 }))'));
    const error = await failure(created({ createWorker }));
    expect(error.code).toBe('pyodide/not-found');
    expect(error.message).toContain(`${INDEX}${file} answered 404`);
  },
);

it('a folder without the files is named', async () => {
  const error = await failure(created({ indexUrl: '/nowhere/' }));
  expect(['pyodide/not-found', 'pyodide/wrong-content']).toContain(error.code);
  expect(error.message).toContain('/nowhere/');
});

it('a web page in the place of WebAssembly is recognised', async () => {
  const page = `Promise.resolve(new Response('<!doctype html><p>', { headers: { 'content-type': 'text/html' } }))`;
  const error = await failure(created({ createWorker: workerAfter(answering('.wasm', page)) }));
  expect(error.code).toBe('pyodide/wrong-content');
  expect(error.message).toContain('web page');
});

it('WebAssembly that is damaged is reported', async () => {
  const damaged = 'Promise.resolve(new Response(new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 99, 1, 1])))';
  const error = await failure(created({ createWorker: workerAfter(answering('.wasm', damaged)) }));
  expect(error.code).toBe('pyodide/not-compiled');
});

it('a lack of memory is reported as such, with what helps', async () => {
  const full = `for (const name of ['instantiate', 'instantiateStreaming']) {
    const real = WebAssembly[name];
    WebAssembly[name] = (...args) => args.length < 2 ? real.apply(WebAssembly, args) : Promise.reject(
      new RangeError('WebAssembly.instantiate(): Out of memory: Cannot allocate Wasm memory for new instance'));
  }`;
  const error = await failure(created({ createWorker: workerAfter(full) }));
  expect(error.code).toBe('pyodide/out-of-memory');
  expect(error.message).toContain('fewer lanes');
});

it('a server that serves WebAssembly with a wrong type does no harm', async () => {
  const untyped = `realFetch(url).then((r) => new Response(r.body, { headers: { 'content-type': 'text/plain' } }))`;
  const executor = created({ createWorker: workerAfter(answering('.wasm', untyped)) });
  await executor.start();
  expect(executor.status.state).toBe('ready');
});

it('a server that cannot be reached, or does not allow the page, is reported as such', async () => {
  const error = await failure(created({ indexUrl: 'https://loom.invalid/pyodide/' }));
  expect(error.code).toBe('pyodide/unreachable');
  expect(error.message).toContain('CORS');
  expect(error.message).toContain('https://loom.invalid/pyodide/');
});

it('a download that stops is noticed by its silence', async () => {
  const executor = created({
    createWorker: workerAfter(answering('.zip', 'new Promise(() => {})')),
    stallTimeoutMs: 4000,
  });
  const error = await failure(executor);
  expect(error.code).toBe('executor/stalled');
  expect(error.message).toContain('4 s');
});

it('a worker file that is not there is named', async () => {
  const error = await failure(created({ workerUrl: '/nowhere/worker.js' }));
  expect(error.code).toBe('executor/lost');
  expect(error.message).toContain('/nowhere/worker.js');
});

it('a page whose policy forbids WebAssembly is told which word is missing', async () => {
  const page = await pageWithPolicy("script-src 'self' 'unsafe-inline' blob:");
  const error = await failure(created({ createWorker: workerAfter('', page) }));
  expect(error.code).toBe('pyodide/blocked-by-policy');
  expect(error.message).toContain("'wasm-unsafe-eval'");
});

it('a page whose policy forbids the worker is told what to allow', async () => {
  const page = await pageWithPolicy("worker-src 'none'");
  const error = await failure(created({ createWorker: workerAfter('', page) }));
  expect(error.code).toBe('executor/lost');
  expect(error.message).toContain('worker-src');
});

it('a strict policy with the two words is enough', async () => {
  const page = await pageWithPolicy("script-src 'self' 'wasm-unsafe-eval'; worker-src blob:; connect-src 'self'");
  const executor = created({ createWorker: workerAfter('', page) });
  const fine = python('fine', 'def fine():\n    return 42\n');
  expect(await resultOf(executor, (await perform(executor, [fine])).ends[0])).toBe(42);
});

it('a batch for a Python that does not start fails with the reason, and the next one tries again', async () => {
  let broken = true;
  const createWorker = () =>
    workerAfter(broken ? answering('.wasm', 'Promise.resolve(new Response(null, { status: 404 }))') : '')();
  const executor = created({ createWorker });
  const fine = python('fine', 'def fine():\n    return 42\n');
  expect(errorOf((await perform(executor, [fine])).ends[0]).code).toBe('pyodide/not-found');
  broken = false;
  expect((await perform(executor, [fine])).ends[0]?.kind).toBe('success');
});

it('an address that is none is refused at once', () => {
  expect(() => createPyodideExecutor({ indexUrl: 'http://' })).toThrow(
    expect.objectContaining({ code: 'executor/bad-index-url' }),
  );
});

/** A page inside this one, with a Content-Security-Policy of its own, which its workers inherit. */
async function pageWithPolicy(policy: string): Promise<Window & typeof globalThis> {
  const frame = document.createElement('iframe');
  const loaded = new Promise((resolve) => frame.addEventListener('load', resolve, { once: true }));
  frame.srcdoc = `<meta http-equiv="Content-Security-Policy" content="${policy}">`;
  document.body.append(frame);
  onTestFinished(() => frame.remove());
  await loaded;
  return frame.contentWindow as Window & typeof globalThis;
}
