import penguins from '../../../../examples/flows/penguins.loom.json' with { type: 'json' };

/** The same as `first-result.ts`, by hand: a module worker, loadPyodide, and the functions of the flow in a row. */
async function run(): Promise<number> {
  const worker = new Worker(new URL('./bare-worker.ts', import.meta.url), { type: 'module' });
  const sources = Object.values(penguins.types).map(({ source }) => source);
  const chart = await new Promise<string>((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<string>) => resolve(data);
    worker.onerror = (event) => reject(new Error(event.message));
    worker.postMessage(sources);
  });
  const time = performance.now();
  if (!chart.startsWith('<svg')) throw new Error(`No chart, but ${chart.slice(0, 80)}`);
  return time;
}

Object.assign(globalThis, { bench: run() });
