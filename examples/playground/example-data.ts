import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

const flows = fileURLToPath(new URL('../flows', import.meta.url));
const data = path.join(path.dirname(createRequire(import.meta.url).resolve('vega-datasets')), '../data');

const CONTENT_TYPES: Readonly<Record<string, string>> = { '.json': 'application/json', '.csv': 'text/csv' };

/** The data files that the example flows name as `npm:vega-datasets/data/FILE`. */
function neededFiles(): Set<string> {
  const texts = readdirSync(flows)
    .filter((name) => name.endsWith('.json'))
    .map((name) => readFileSync(path.join(flows, name), 'utf8'));
  return new Set(
    texts.flatMap((text) => [...text.matchAll(/npm:vega-datasets\/data\/([\w.-]+)/g)].map(([, name]) => name ?? '')),
  );
}

/** Serves the examples' data files, which come from the npm package `vega-datasets`, under `/data/`. */
export function exampleData(): Plugin {
  return {
    name: 'example-data',
    configureServer(server) {
      server.middlewares.use('/data', (request, response, next) => {
        const name = path.basename((request.url ?? '').replace(/\?.*$/, ''));
        const file = path.join(data, name);
        if (!neededFiles().has(name) || !existsSync(file)) return next();
        response.setHeader('Content-Type', CONTENT_TYPES[path.extname(name)] ?? 'application/octet-stream');
        response.end(readFileSync(file));
      });
    },
    generateBundle() {
      for (const name of neededFiles()) {
        this.emitFile({ type: 'asset', fileName: `data/${name}`, source: readFileSync(path.join(data, name)) });
      }
    },
  };
}
