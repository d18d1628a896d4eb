import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'esbuild';
import { root } from './workspace.js';

const PACKAGE = path.join(root, 'packages/react');
const LAYER = 'loom';

/** One style sheet with everything that the editor imports. */
async function bundleStyles(): Promise<string> {
  const result = await build({
    entryPoints: [path.join(PACKAGE, 'src/styles/styles.css')],
    bundle: true,
    write: false,
    target: ['chrome111', 'firefox113', 'safari16.4'],
    loader: { '.svg': 'dataurl', '.woff2': 'dataurl' },
    legalComments: 'inline',
    logLevel: 'warning',
  });
  const [file] = result.outputFiles;
  if (!file) throw new Error('esbuild gave no style sheet');
  return file.text;
}

/** Writes `styles.css`, and the same inside a cascade layer, so that an app's own layers can win by order. */
export async function buildStyles(): Promise<void> {
  const css = await bundleStyles();
  // Both are only allowed at the top of a style sheet, where the layer could not hold them.
  const loose = /@(?:import|charset)\b/.exec(css);
  if (loose) throw new Error(`The bundled styles still contain ${loose[0]}, which cannot stand inside @layer.`);
  const folder = path.join(PACKAGE, 'dist');
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, 'styles.css'), css);
  await writeFile(path.join(folder, 'styles.layer.css'), `@layer ${LAYER} {\n${css}}\n`);
}
