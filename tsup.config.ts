import path from 'node:path';
import { defineConfig, type Options } from 'tsup';
import { iconImportsForEsbuild } from './scripts/icon-imports.js';
import { sourceTextForEsbuild } from './scripts/source-text.js';
import { publishedPackages } from './scripts/workspace.js';

type Entries = Record<string, string>;

/** Entries by package, where they are more than `src/index.ts`. */
const ENTRIES: Record<string, Entries> = {
  '@loom/graph': {
    index: 'src/index.ts',
    'import/index': 'src/import/index.ts',
    'schema/index': 'src/schema/index.ts',
  },
  // No entry for apps: see the file.
  '@loom/engine': { index: 'src/index.ts', 'plan/check-input': 'src/plan/check-input.ts' },
  '@loom/react': {
    index: 'src/index.ts',
    'app/index': 'src/app/index.ts',
    'code-tools/index': 'src/code-tools/index.ts',
    'messages/de': 'src/messages/de.ts',
  },
  '@loom/pyodide': { index: 'src/index.ts', node: 'src/node.ts', vite: 'src/vite.ts' },
};

const FOR_NODE = new Set(['@loom/cli']);

function escapePattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}

/** What every bundle has in common. `scripts/build.ts` empties dist and makes the declarations, with tsc. */
function bundle(folder: string, entries: Entries): Options {
  return {
    entry: Object.fromEntries(Object.entries(entries).map(([name, file]) => [name, path.join(folder, file)])),
    outDir: path.join(folder, 'dist'),
    format: 'esm',
    target: 'es2022',
    sourcemap: true,
    splitting: true,
    clean: false,
    dts: false,
    esbuildPlugins: [sourceTextForEsbuild(), iconImportsForEsbuild()],
  };
}

const libraries = publishedPackages.map(({ folder, manifest }): Options => {
  const declared = Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies });
  return {
    ...bundle(folder, ENTRIES[manifest.name] ?? { index: 'src/index.ts' }),
    name: manifest.name,
    platform: FOR_NODE.has(manifest.name) ? 'node' : 'neutral',
    // tsup on its own reads only the root's package.json and would bundle React.
    external: [/^node:/, ...declared.map((name) => new RegExp(`^${escapePattern(name)}(?:/|$)`))],
  };
});

/** The worker stands alone, so that it can be copied beside the Pyodide files and be started by its URL. */
const workers = publishedPackages
  .filter(({ manifest }) => manifest.name === '@loom/pyodide')
  .map(
    ({ folder }): Options => ({
      ...bundle(folder, { worker: 'src/worker/worker.ts' }),
      name: 'worker',
      platform: 'browser',
      splitting: false,
      noExternal: [/^(?!node:)/],
      external: [/^node:/],
    }),
  );

export default defineConfig([...libraries, ...workers]);
