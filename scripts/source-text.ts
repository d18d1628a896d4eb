import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { build, type Plugin as EsbuildPlugin } from 'esbuild';
import type { Plugin as VitePlugin } from 'vite';

/**
 * Two import suffixes turn files into strings at build time, so that a package stays one self-contained bundle:
 *
 * - `x.py?raw` is the text of the file, which may be one of a package;
 * - `x.ts?bundle` is the file with everything that it imports, as one module script (for a worker).
 *
 * tsup uses the esbuild form, Vite (tests, stories, playground from source) the other; `?raw` is Vite's own.
 */
const BUNDLE = /\?bundle$/;
const RAW = /\?raw$/;

/** Bundles a module into the text of one ES module without imports. */
export async function bundleText(entry: string): Promise<string> {
  const result = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    legalComments: 'none',
    // Whitespace stays: minifying it would delete the bundler hints beside `import(indexURL)`.
    minifySyntax: true,
    external: ['node:*'],
    logLevel: 'silent',
  });
  const [file] = result.outputFiles;
  if (!file) throw new Error(`No output for ${entry}`);
  return file.text;
}

/** Source files are imported as `./x.js`, as TypeScript wants it; the file on disk is `x.ts`. */
function sourceFile(request: string, importer: string): string {
  return path.resolve(path.dirname(importer), request.replace(/\?.*$/, '')).replace(/\.js$/, '.ts');
}

/** Beside the file that imports it, or in a package. */
function rawFile(request: string, importer: string): string {
  return request.startsWith('.')
    ? path.resolve(path.dirname(importer), request)
    : createRequire(importer).resolve(request);
}

export function sourceTextForEsbuild(): EsbuildPlugin {
  return {
    name: 'loom-source-text',
    setup(context) {
      context.onResolve({ filter: RAW }, ({ path: request, importer }) => ({
        path: rawFile(request.replace(RAW, ''), importer),
        namespace: 'loom-raw',
      }));
      context.onLoad({ filter: /.*/, namespace: 'loom-raw' }, async ({ path: file }) => ({
        contents: await readFile(file, 'utf8'),
        loader: 'text',
        watchFiles: [file],
      }));
      context.onResolve({ filter: BUNDLE }, ({ path: request, importer }) => ({
        path: sourceFile(request, importer),
        namespace: 'loom-bundle',
      }));
      context.onLoad({ filter: /.*/, namespace: 'loom-bundle' }, async ({ path: file }) => ({
        contents: await bundleText(file),
        loader: 'text',
        watchFiles: [file],
      }));
    },
  };
}

export function sourceTextForVite(): VitePlugin {
  const PREFIX = '\0loom-bundle:';
  return {
    name: 'loom-source-text',
    enforce: 'pre',
    resolveId(request, importer) {
      return BUNDLE.test(request) && importer ? PREFIX + sourceFile(request, importer) : undefined;
    },
    async load(id) {
      if (!id.startsWith(PREFIX)) return undefined;
      const file = id.slice(PREFIX.length);
      this.addWatchFile(file);
      return `export default ${JSON.stringify(await bundleText(file))};`;
    },
  };
}
