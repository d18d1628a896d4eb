import path from 'node:path';
import { build } from 'esbuild';
import { root } from './workspace.js';

const ENTRIES = ['graph', 'engine', 'python', 'pyodide', 'react'].map((name) => `packages/${name}/src/index.ts`);

/** What React's compiler, the tests and the stories import beside the packages. */
const ALWAYS = [
  ...['react', 'react-dom', 'react-dom/client', 'react/jsx-runtime', 'react/jsx-dev-runtime'],
  ...['prettier/standalone', 'prettier/plugins/acorn', 'prettier/plugins/estree', '@astral-sh/ruff-wasm-web'],
];

/**
 * Every module of another library that the packages import in a browser, with its exact path. Vite prepares these before
 * the first test: one that it only met on the way would make it start over, and leave two copies of React in the page.
 */
export async function browserDependencies(): Promise<string[]> {
  const names = [...ALWAYS, ...(await externalImports())];
  return [...new Set(names)].filter((name) => /^[@a-z]/.test(name) && !/^@loom\/|\?/.test(name)).sort();
}

async function externalImports(): Promise<string[]> {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: ENTRIES.map((entry) => path.join(root, entry)),
    bundle: true,
    write: false,
    metafile: true,
    format: 'esm',
    packages: 'external',
    outdir: '.tmp/browser-dependencies',
    logLevel: 'silent',
    plugins: [
      {
        name: 'leave-text-out',
        setup(context) {
          context.onResolve({ filter: /\?(?:raw|bundle)$/ }, ({ path: request }) => ({
            path: request,
            external: true,
          }));
        },
      },
    ],
    // A source that cannot be read fails its own tests, not the preparation of all others.
  }).catch(() => ({ metafile: undefined }));
  return Object.values(metafile?.inputs ?? {})
    .flatMap(({ imports }) => imports)
    .filter(({ external }) => external)
    .map((imported) => imported.path);
}
