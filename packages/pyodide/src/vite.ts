import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import path from 'node:path';
import { MIME_TYPES, PYODIDE_FILES, type PyodideFile } from './assets.js';

/** Options of {@link pyodideAssets}. */
export interface PyodideAssetsOptions {
  /** Where the files are served, below the app's own base. @default '/pyodide/' */
  readonly base?: string;
}

/** What Vite calls with a request. */
type Handler = (request: IncomingMessage, response: ServerResponse, next: (fault?: unknown) => void) => void;

/** A development or preview server of Vite, as far as the plugin needs it; without Node's types, which apps may lack. */
interface ViteServer {
  readonly middlewares: { use(handler: (request: never, response: never, next: never) => void): unknown };
}

/** What a build of Vite offers to a plugin, as far as it is needed. */
interface ViteBuild {
  readonly environment: { readonly config: { readonly consumer: 'client' | 'server' } };
  emitFile(file: { readonly type: 'asset'; readonly fileName: string; readonly source: Uint8Array }): unknown;
}

/** A plugin of Vite, described by its shape: it fits every version that has these hooks. */
export interface PyodideAssetsPlugin {
  readonly name: string;
  configResolved(config: { readonly base: string }): void;
  configureServer(server: ViteServer): void;
  configurePreviewServer(server: ViteServer): void;
  generateBundle(this: ViteBuild): Promise<void>;
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
export function pyodideAssets({ base = '/pyodide/' }: PyodideAssetsOptions = {}): PyodideAssetsPlugin {
  const require = createRequire(import.meta.url);
  const manifest = require.resolve('pyodide/package.json');
  const { version } = require(manifest) as { version: string };
  const folder = path.dirname(manifest);
  const place = base.replace(/^\/+|\/+$/g, '');
  let prefix = `/${place}/`;

  const serve: Handler = (request, response, next) => {
    const url = request.url?.replace(/[?#].*$/, '') ?? '';
    const name = PYODIDE_FILES.find((file) => url === prefix + file || url === `/${place}/${file}`);
    if (name) sendFile(path.join(folder, name), name, version, request, response).catch(next);
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
    async generateBundle() {
      if (this.environment.config.consumer !== 'client') return;
      for (const name of PYODIDE_FILES) {
        this.emitFile({ type: 'asset', fileName: `${place}/${name}`, source: await readFile(path.join(folder, name)) });
      }
    },
  };
}

/** With a tag rather than an age: a newer Pyodide has the same names, and browsers keep code that they compiled. */
async function sendFile(
  file: string,
  name: PyodideFile,
  version: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { size } = await stat(file);
  const tag = `"${version}-${size}"`;
  const headers = {
    'Content-Type': MIME_TYPES[name],
    'Cache-Control': 'no-cache',
    ETag: tag,
    // Pages that are cross-origin isolated load nothing without it.
    'Cross-Origin-Resource-Policy': 'cross-origin',
    'Access-Control-Allow-Origin': '*',
  };
  if (request.headers['if-none-match'] === tag) {
    response.writeHead(304, headers).end();
    return;
  }
  response.writeHead(200, { ...headers, 'Content-Length': size });
  if (request.method === 'HEAD') response.end();
  else createReadStream(file).pipe(response);
}
