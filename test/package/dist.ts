import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { publishedPackages, root, type WorkspacePackage } from '../../scripts/workspace.js';

for (const { folder, manifest } of publishedPackages) {
  if (!existsSync(path.join(folder, 'dist'))) throw new Error(`${manifest.name} is not built: npm run build`);
}

/** Files of a package's dist, as paths below it, with forward slashes. */
export function distFiles({ folder }: WorkspacePackage): string[] {
  return readdirSync(path.join(folder, 'dist'), { recursive: true, encoding: 'utf8' }).map((file) =>
    file.replaceAll(path.sep, '/'),
  );
}

export function readDist({ folder }: WorkspacePackage, file: string): string {
  return readFileSync(path.join(folder, 'dist', file), 'utf8');
}

export function packageNamed(name: string): WorkspacePackage {
  const found = publishedPackages.find(({ manifest }) => manifest.name === name);
  if (!found) throw new Error(`There is no package ${name}`);
  return found;
}

/** The entries of a package that are modules to import, as an app writes them: `@loom/pyodide/node`. */
export function moduleEntries({ manifest }: WorkspacePackage): string[] {
  return Object.entries(manifest.exports ?? {})
    .filter(([, target]) => typeof target === 'object')
    .map(([entry]) => manifest.name + entry.slice(1));
}

/** Runs a module in a Node of its own, where imports resolve as they do for an app. Gives what it prints. */
export function runInNode(code: string): string {
  const args = ['--input-type=module', '--eval', code];
  return execFileSync(process.execPath, args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}
