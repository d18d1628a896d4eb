import type { loadPyodide as LoadPyodide } from 'pyodide';

const CALLS = `
import json
rows = drop_missing(json.loads(text), "Body Mass (g)")
groups = summarise(rows, "Species", "Body Mass (g)")
bar_chart(groups, "Species", "mean", "Mean body mass (g)").text
`;

async function work(sources: readonly string[]): Promise<string> {
  const indexURL = `${self.location.origin}/pyodide/`;
  const data = fetch('/data/penguins.json').then((response) => response.text());
  const { loadPyodide } = (await import(/* @vite-ignore */ `${indexURL}pyodide.mjs`)) as {
    loadPyodide: typeof LoadPyodide;
  };
  const pyodide = await loadPyodide({ indexURL });
  for (const source of sources) pyodide.runPython(source);
  pyodide.globals.set('text', await data);
  return String(pyodide.runPython(CALLS));
}

self.onmessage = async ({ data }: MessageEvent<string[]>) => {
  self.postMessage(await work(data));
};
