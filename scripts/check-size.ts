/** Measures what an app downloads: each entry bundled, minified and compressed. Fails when one is over its limit. */
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { build, type Metafile } from 'esbuild';
import { root } from './workspace.js';

interface Measure {
  readonly name: string;
  /** File below packages/. */
  readonly entry: string;
  readonly external: readonly string[];
  /** Kilobytes of 1,000 bytes, after gzip. */
  readonly limit: number;
}

const REACT = ['react', 'react-dom', 'react/jsx-runtime', 'react-dom/client'];

const MEASURES: readonly Measure[] = [
  { name: '@loom/graph with immer', entry: 'graph/dist/index.js', external: [], limit: 33 },
  { name: '@loom/graph/schema', entry: 'graph/dist/schema/index.js', external: [], limit: 5.5 },
  { name: '@loom/engine without graph', entry: 'engine/dist/index.js', external: ['@loom/graph'], limit: 93 },
  {
    name: '@loom/react with all it loads at once, without React',
    entry: 'react/dist/index.js',
    external: REACT,
    // Zones, run control and subgraphs work on the canvas from the first moment; panels, palette, frames load when opened.
    limit: 209,
  },
  {
    name: '@loom/react/app with all it loads at once, without React',
    entry: 'react/dist/app/index.js',
    external: REACT,
    limit: 76,
  },
  { name: '@loom/react/styles.css', entry: 'react/dist/styles.css', external: [], limit: 19 },
];

/** The output of the entry and what it imports at once; chunks behind `import()` load later. */
function initialOutputs({ outputs }: Metafile, entry: string): Set<string> {
  const first = Object.keys(outputs).find((file) => outputs[file]?.entryPoint?.endsWith(entry));
  if (first === undefined) throw new Error(`No output for ${entry}`);
  const found = new Set([first]);
  for (const file of found) {
    for (const imported of outputs[file]?.imports ?? []) {
      if (!imported.external && imported.kind === 'import-statement') found.add(imported.path);
    }
  }
  return found;
}

async function kilobytes({ entry, external }: Measure): Promise<number> {
  const result = await build({
    absWorkingDir: root,
    entryPoints: [path.join(root, 'packages', entry)],
    bundle: true,
    minify: true,
    splitting: true,
    metafile: true,
    write: false,
    outdir: '.tmp/size',
    format: 'esm',
    target: 'es2022',
    platform: 'browser',
    define: { 'process.env.NODE_ENV': '"production"' },
    external: ['node:*', ...external],
    // Packages find each other as apps find them, not by the paths of the sources.
    tsconfigRaw: {},
    logLevel: 'error',
  });
  const initial = initialOutputs(result.metafile, entry);
  const files = result.outputFiles.filter((file) => initial.has(path.relative(root, file.path)));
  return files.reduce((sum, file) => sum + gzipSync(file.contents, { level: 9 }).byteLength, 0) / 1000;
}

let over = false;
for (const measure of MEASURES) {
  const size = await kilobytes(measure);
  const ok = size <= measure.limit;
  over ||= !ok;
  console.log(
    `${size.toFixed(1).padStart(6)} kB of ${String(measure.limit).padStart(3)} kB  ${measure.name}${ok ? '' : '  OVER THE LIMIT'}`,
  );
}
process.exitCode = over ? 1 : 0;
