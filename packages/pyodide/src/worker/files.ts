import { messageOf, WorkerFault } from './fault.js';

/** A file that Pyodide fetches while it starts. */
interface BootFile {
  readonly name: string;
  readonly mimeType: string;
  /** Size without compression, for progress: a compressed response does not tell it. */
  readonly bytes: number;
  /** The first bytes, by which a web page in the place of the file is recognised. */
  readonly magic: readonly number[];
}

const CODE = 'pyodide.asm.wasm';

/** Sizes of Pyodide 314.0.7; a different size only makes the progress bar less even. */
const FILES: readonly BootFile[] = [
  { name: CODE, mimeType: 'application/wasm', bytes: 9_598_218, magic: [0x00, 0x61, 0x73, 0x6d] },
  { name: 'python_stdlib.zip', mimeType: 'application/zip', bytes: 2_545_637, magic: [0x50, 0x4b] },
  { name: 'pyodide-lock.json', mimeType: 'application/json', bytes: 119_077, magic: [0x7b] },
];

/** Progress is told in so many steps: a message for each chunk would be hundreds. */
const STEPS = 50;

export interface Downloads {
  /** The WebAssembly, checked; absent when it is not needed. */
  readonly code: Promise<Response> | undefined;
  /** Rejects as soon as one file turns out to be unusable; never resolves. */
  readonly failure: Promise<never>;
  /** Makes `fetch` ordinary again. */
  stop(): void;
}

/**
 * Fetches Pyodide's files at once, checks them, and hands them to Pyodide when it asks `fetch` for them. Each file is
 * downloaded once. Pyodide itself would wait for ever for a file that does not come.
 *
 * Its WebAssembly is compiled apart from Pyodide, which gets an empty answer in its place.
 */
export function downloadFiles(
  indexUrl: string,
  needsCode: boolean,
  onProgress: (loaded: number, total: number) => void,
): Downloads {
  const files = FILES.filter(({ name }) => needsCode || name !== CODE);
  const total = files.reduce((sum, file) => sum + file.bytes, 0);
  let loaded = 0;
  let told = 0;
  let fail: (fault: WorkerFault) => void = () => {};
  const failure = new Promise<never>((_, reject) => {
    fail = reject;
  });
  failure.catch(() => {});

  const realFetch = globalThis.fetch;
  const waiting = new Map<string, Promise<Response>>();
  let code: Promise<Response> | undefined;
  for (const file of files) {
    const url = new URL(file.name, indexUrl).href;
    const response = fetchChecked(realFetch, url).then(async (answer) => {
      await followBody(answer.clone(), url, file, count, fail);
      return withType(answer, file.mimeType);
    });
    response.catch(fail);
    if (file.name === CODE) code = response;
    else waiting.set(url, response);
  }
  waiting.set(new URL(CODE, indexUrl).href, Promise.resolve(new Response()));
  function count(bytes: number) {
    loaded += bytes;
    if (loaded - told < total / STEPS && loaded < total) return;
    told = loaded;
    onProgress(Math.min(loaded, total), total);
  }

  globalThis.fetch = (input, init) => {
    const url = input instanceof Request ? input.url : String(input);
    const response = waiting.get(url);
    waiting.delete(url);
    return response ?? realFetch.call(globalThis, input, init);
  };
  return {
    code,
    failure,
    stop() {
      globalThis.fetch = realFetch;
    },
  };
}

/** Fetches and throws a fault that names the address and what is wrong with the answer. */
async function fetchChecked(fetch: typeof globalThis.fetch, url: string): Promise<Response> {
  let response: Response;
  try {
    response = await fetch.call(globalThis, url);
  } catch (cause) {
    throw new WorkerFault(
      'pyodide/unreachable',
      `${url} could not be fetched. Is the server up, does it allow this page (CORS), and does the page's ` +
        `Content-Security-Policy allow the address in connect-src?`,
      { url },
      cause,
    );
  }
  if (!response.ok) {
    throw new WorkerFault(
      'pyodide/not-found',
      `${url} answered ${response.status}. Copy Pyodide's files there or correct indexUrl.`,
      { url, status: response.status },
    );
  }
  if (response.headers.get('content-type')?.startsWith('text/html')) throw webPage(url);
  return response;
}

function webPage(url: string): WorkerFault {
  return new WorkerFault(
    'pyodide/wrong-content',
    `${url} is not the file of that name: the server seems to answer with a web page for addresses that it does not ` +
      `know. Copy Pyodide's files there or correct indexUrl.`,
    { url },
  );
}

/**
 * Reads a clone, to count it and to see whether it is what it should be; resolves when that is known. The response
 * itself goes to Pyodide untouched: only for such a one does the browser keep the compiled code, which makes each later
 * start nearly twice as fast.
 */
async function followBody(
  clone: Response,
  url: string,
  file: BootFile,
  count: (bytes: number) => void,
  fail: (fault: WorkerFault) => void,
): Promise<void> {
  const reader = clone.body?.getReader();
  const next = async (): Promise<Uint8Array | undefined> => {
    try {
      const chunk = await reader?.read();
      count(chunk?.value?.byteLength ?? 0);
      return chunk?.value;
    } catch (cause) {
      throw new WorkerFault('pyodide/unreachable', `The download of ${url} broke off.`, { url }, cause);
    }
  };
  const start = await next();
  if (file.magic.some((byte, index) => start?.[index] !== byte)) throw webPage(url);
  const rest = async (): Promise<void> => {
    while (await next());
  };
  rest().catch(fail);
}

/** Browsers compile WebAssembly while it streams only when it has the right type; not all servers know that. */
function withType(response: Response, mimeType: string): Response {
  if (response.headers.get('content-type') === mimeType) return response;
  return new Response(response.body, { headers: { 'content-type': mimeType } });
}

/** Says why a module could not be imported: the browser itself does not tell. */
export async function diagnoseImport(url: string, cause: unknown): Promise<WorkerFault> {
  if (/^https?:/.test(url)) {
    try {
      const response = await fetchChecked(globalThis.fetch, url);
      const type = response.headers.get('content-type') ?? 'none';
      if (!/javascript/.test(type)) {
        return new WorkerFault(
          'pyodide/wrong-content',
          `${url} is served as "${type}". Browsers only run modules served as text/javascript.`,
          { url, type },
          cause,
        );
      }
    } catch (fault) {
      if (fault instanceof WorkerFault) return fault;
    }
  }
  return new WorkerFault('pyodide/not-loaded', `${url} could not be imported: ${messageOf(cause)}`, { url }, cause);
}
