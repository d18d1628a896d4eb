import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { Plugin } from 'vite';
import { MIME_TYPES, PYODIDE_FILES, type PyodideFile } from './assets.js';

/** Options of {@link pyodideAssets}. */
export interface PyodideAssetsOptions {
  /** Where the files are served, below the app's own base. @default '/pyodide/' */
  readonly base?: string;
}

/**
 * Serves Pyodide's five runtime files from the npm package `pyodide` while developing and previewing, and puts them
 * into the build. Nothing else of the package is published.
 *
 * @example
 * ```ts
 * // vite.config.ts
 * export default defineConfig({ plugins: [pyodideAssets()] });
 * // in the app
 * createPyodideExecutor({ indexUrl: `${import.meta.env.BASE_URL}pyodide/` });
 * ```
 */
export function pyodideAssets({ base = '/pyodide/' }: PyodideAssetsOptions = {}): Plugin {
  const folder = path.dirname(createRequire(import.meta.url).resolve('pyodide/package.json'));
  const place = base.replace(/^\/+|\/+$/g, '');
  let prefix = `/${place}/`;

  const serve = (request: IncomingMessage, response: ServerResponse, next: () => void): void => {
    const url = request.url?.replace(/[?#].*$/, '') ?? '';
    const name = PYODIDE_FILES.find((file) => url === prefix + file || url === `/${place}/${file}`);
    if (name) sendFile(path.join(folder, name), name, response).catch(next);
    else next();
  };

  return {
    name: 'loom-pyodide-assets',
    configResolved(config) {
      // Behind a full address (a CDN) the development server still answers at the root.
      const root = /^https?:/.test(config.base) ? new URL(config.base).pathname : config.base;
      prefix = `${root.replace(/\/*$/, '/').replace(/^\.\//, '/')}${place}/`;
    },
    configureServer(server) {
      server.middlewares.use(serve);
    },
    configurePreviewServer(server) {
      server.middlewares.use(serve);
    },
    async generateBundle(output) {
      if (this.environment && this.environment.config.consumer !== 'client') return;
      void output;
      for (const name of PYODIDE_FILES) {
        this.emitFile({ type: 'asset', fileName: `${place}/${name}`, source: await readFile(path.join(folder, name)) });
      }
    },
  };
}

async function sendFile(file: string, name: PyodideFile, response: ServerResponse): Promise<void> {
  const { size } = await stat(file);
  response.writeHead(200, {
    'Content-Type': MIME_TYPES[name],
    'Content-Length': size,
    'Cache-Control': 'no-cache',
    // Pages that are cross-origin isolated load nothing without it.
    'Cross-Origin-Resource-Policy': 'cross-origin',
    'Access-Control-Allow-Origin': '*',
  });
  createReadStream(file).pipe(response);
}
