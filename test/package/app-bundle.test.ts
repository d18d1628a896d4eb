import path from 'node:path';
import { build } from 'esbuild';
import { expect, test } from 'vitest';
import { root } from '../../scripts/workspace.js';

/** The modules that an entry of @loom/react brings into a bundle, at once and later. */
async function modulesOf(entry: string): Promise<readonly string[]> {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: [path.join(root, 'packages/react/dist', entry)],
    bundle: true,
    splitting: true,
    metafile: true,
    write: false,
    outdir: '.tmp/app-bundle',
    format: 'esm',
    platform: 'browser',
    external: ['react', 'react-dom', 'react/jsx-runtime', 'node:*'],
    // Packages find each other as apps find them, not by the paths of the sources.
    tsconfigRaw: {},
    logLevel: 'error',
  });
  return Object.values(metafile.outputs).flatMap(({ inputs }) => Object.keys(inputs));
}

const OF_THE_EDITOR = /@xyflow|@codemirror|@lezer|elkjs|dagre/;

test('<LoomApp> brings neither the canvas nor the code editor along, not even later', async () => {
  expect((await modulesOf('index.js')).filter((file) => OF_THE_EDITOR.test(file)).length).toBeGreaterThan(10);
  expect((await modulesOf('app/index.js')).filter((file) => OF_THE_EDITOR.test(file))).toEqual([]);
});
