import type { loadPyodide as LoadPyodide, PyodideAPI } from 'pyodide';

const SOURCE = `
def make(size):
    return bytearray(size)


def take(buffer):
    own = bytearray(buffer.byteLength)
    buffer.assign_to(own)
    return len(own)
`;

/** What the page asks of a bare worker. */
export type BareRequest =
  | { readonly kind: 'boot' }
  | { readonly kind: 'out'; readonly size: number }
  | { readonly kind: 'in'; readonly buffer: ArrayBuffer };

interface ByteArray {
  getBuffer(type: 'u8'): { readonly data: Uint8Array; release(): void };
  destroy(): void;
}

let pyodide: PyodideAPI | undefined;
let made: ByteArray | undefined;

async function boot(): Promise<void> {
  const indexURL = `${self.location.origin}/pyodide/`;
  const { loadPyodide } = (await import(/* @vite-ignore */ `${indexURL}pyodide.mjs`)) as {
    loadPyodide: typeof LoadPyodide;
  };
  pyodide = await loadPyodide({ indexURL });
  pyodide.runPython(SOURCE);
}

function call<Result>(name: string, argument: unknown): Result {
  if (!pyodide) throw new Error('Python has not been started.');
  return (pyodide.globals.get(name) as (value: unknown) => Result)(argument);
}

self.onmessage = async ({ data }: MessageEvent<BareRequest>) => {
  if (data.kind === 'boot') {
    await boot();
    self.postMessage('ready');
  } else if (data.kind === 'out') {
    made ??= call<ByteArray>('make', data.size);
    const view = made.getBuffer('u8');
    const { buffer } = view.data.slice();
    view.release();
    self.postMessage(buffer, { transfer: [buffer] });
  } else {
    self.postMessage(call<number>('take', data.buffer));
  }
};
