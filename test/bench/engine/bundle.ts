import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const entry = fileURLToPath(new URL('./child.ts', import.meta.url));

/** Beside the peers' own node_modules, where their packages are found. */
const outputs = fileURLToPath(new URL('../peers/.tmp/', import.meta.url));

/** A built program, in a folder of its own. */
export interface Bundle {
  readonly program: string;
  remove(): void;
}

/**
 * Builds the program that measures, from the packages' sources, as an app is built. What runs TypeScript directly adds a
 * call that keeps the name of each function made, and functions made in hot places then cost a multiple.
 */
export async function bundleChild(): Promise<Bundle> {
  mkdirSync(outputs, { recursive: true });
  const outdir = mkdtempSync(outputs);
  await build({
    entryPoints: [entry],
    outdir,
    bundle: true,
    // Without it what is imported later would be wrapped in functions.
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'es2022',
    logLevel: 'error',
  });
  return { program: path.join(outdir, 'child.js'), remove: () => rmSync(outdir, { recursive: true, force: true }) };
}
