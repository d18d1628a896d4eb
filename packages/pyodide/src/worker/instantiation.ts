import { messageOf, WorkerFault } from './fault.js';

interface InstantiationOptions {
  /** Compiled code of a worker that started before. */
  readonly code: WebAssembly.Module | undefined;
  /** Where the code comes from otherwise; undefined where Pyodide reads it by itself, as in Node. */
  readonly response: Promise<Response> | undefined;
  readonly memoryLimit: number;
  readonly onInstantiated: (code: WebAssembly.Module) => void;
}

/** Pyodide's WebAssembly on its way from bytes to an instance. */
export interface Instantiation {
  /** Rejects when there will be no instance: Pyodide itself only warns, and waits for ever. */
  readonly failure: Promise<never>;
  /** Makes `WebAssembly` ordinary again. */
  stop(): void;
}

/**
 * Stands between Pyodide and `WebAssembly`. Compiling begins at once, where Pyodide alone would begin after its modules were
 * loaded and the snapshot is there; and not at all when another worker has compiled the same.
 */
export function instantiation({ code, response, memoryLimit, onInstantiated }: InstantiationOptions): Instantiation {
  const real = { instantiate: WebAssembly.instantiate, instantiateStreaming: WebAssembly.instantiateStreaming };
  let fail: (fault: unknown) => void = () => {};
  const failure = new Promise<never>((_, reject) => {
    fail = reject;
  });
  failure.catch(() => {});
  const compiling = code ? Promise.resolve(code) : response && WebAssembly.compileStreaming(response);
  // A fault of the download is told by who downloads; what waits for the code fails with it below.
  compiling?.catch(() => {});

  const instantiate = async (source: unknown, imports: WebAssembly.Imports) => {
    limitMemory(imports, memoryLimit);
    try {
      const module = await (compiling ?? WebAssembly.compile(source as BufferSource));
      // The type knows no way to be called with a module alone that gives an instance alone.
      const instance = await real.instantiate.call(WebAssembly, module, imports);
      onInstantiated(module);
      return { module, instance: instance as unknown as WebAssembly.Instance };
    } catch (cause) {
      fail(
        isOutOfMemory(cause)
          ? memoryFault(cause)
          : new WorkerFault('pyodide/not-compiled', `Python could not be compiled: ${messageOf(cause)}`, {}, cause),
      );
      throw cause;
    }
  };
  Object.assign(WebAssembly, {
    // Pyodide also tries out a tiny module without imports, to see what the browser can do.
    instantiate: (source: BufferSource, imports?: WebAssembly.Imports) =>
      imports ? instantiate(source, imports) : real.instantiate.call(WebAssembly, source),
    instantiateStreaming: instantiate,
  });
  return {
    failure,
    stop: () => void Object.assign(WebAssembly, real),
  };
}

/** Browsers have no error of their own for it. */
export function isOutOfMemory(thrown: unknown): boolean {
  return thrown instanceof RangeError && /memory|allocat/i.test(thrown.message);
}

export function memoryFault(cause: unknown): WorkerFault {
  return new WorkerFault(
    'pyodide/out-of-memory',
    `There was not enough memory to start Python: ${messageOf(cause)}. A worker takes about 100 MB: close other tabs, or ` +
      'make the executor with fewer lanes and without a spare worker.',
    {},
    cause,
  );
}

/**
 * Refuses memory beyond the limit, which Python tells to the code as a MemoryError. Without it a page's worker grows to
 * 4 GB, and the browser may end the whole page. Memory grows in steps, so it may be a fifth more at last.
 */
function limitMemory({ env }: WebAssembly.Imports, limit: number): void {
  const grow = env?.emscripten_resize_heap;
  if (!env || typeof grow !== 'function') return;
  env.emscripten_resize_heap = (bytes: number) => (bytes >>> 0 > limit ? 0 : grow(bytes));
}
