import { existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildStyles } from './build-styles.js';
import { runSteps } from './steps.js';
import { publishedPackages, root } from './workspace.js';

/** Written at the end of a build that succeeded. */
const STAMP = path.join(root, '.tmp/built');
const SOURCES = [
  'packages',
  'scripts',
  'tsup.config.ts',
  'tsconfig.base.json',
  'tsconfig.build.json',
  'package-lock.json',
];
const NOT_SOURCES = /^(?:dist|node_modules|__pycache__)$|(?:\.test|fixture)\.tsx?$/;

/** The newest change below a file or folder. Folders count too, so that a deleted file is noticed. */
function newestChange(file: string): number {
  const stat = statSync(file);
  if (!stat.isDirectory()) return stat.mtimeMs;
  const inside = readdirSync(file).filter((name) => !NOT_SOURCES.test(name));
  return Math.max(stat.mtimeMs, ...inside.map((name) => newestChange(path.join(file, name))));
}

function isBuilt(): boolean {
  if (!existsSync(STAMP) || !publishedPackages.every(({ folder }) => existsSync(path.join(folder, 'dist/index.js')))) {
    return false;
  }
  const stamp = statSync(STAMP).mtimeMs;
  return SOURCES.every((source) => newestChange(path.join(root, source)) < stamp);
}

/** Builds every package from nothing. Resolves to false, after printing why, when something is wrong. */
export async function buildPackages(): Promise<boolean> {
  rmSync(STAMP, { force: true });
  for (const { folder } of publishedPackages) rmSync(path.join(folder, 'dist'), { recursive: true, force: true });
  const results = await runSteps(
    [
      { name: 'JavaScript', command: ['tsup', '--silent'] },
      { name: 'declarations', command: ['tsc', '-b', '--force', 'tsconfig.build.json'] },
    ],
    ({ name, ok, seconds, output }) => {
      console.log(`build: ${name} ${ok ? 'done' : 'FAILED'} in ${seconds.toFixed(1)} s${output ? `\n${output}` : ''}`);
    },
  );
  await buildStyles();
  if (!results.every(({ ok }) => ok)) return false;
  mkdirSync(path.dirname(STAMP), { recursive: true });
  writeFileSync(STAMP, '');
  return true;
}

/** Builds unless nothing has changed since the last build. */
export async function ensureBuilt(): Promise<boolean> {
  return isBuilt() || buildPackages();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  process.exitCode = (await buildPackages()) ? 0 : 1;
}
